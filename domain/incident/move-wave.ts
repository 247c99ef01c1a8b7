import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, notFound, Refusal } from '@/domain/errors'
import { askRelease } from '@/domain/incident/ask-release'
import { moment, title } from '@/domain/incident/incident-inputs'
import { type Said, setWave } from '@/domain/incident/set-wave'
import { beginsRelease, waveStatuses } from '@/domain/incident/wave-status'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { categories } from '@/domain/record/category'
import { transaction } from '@/domain/transaction'
import type { Wave } from '@/prisma/generated/client'

const note = title.nullable().default(null)

export const moveWaveInput = z
  .object({
    incidentId: z.uuid(),
    category: z.enum(categories),
    status: z.enum(waveStatuses, 'wave-status-unknown'),
    /** For a scheduled one: the day it is planned for. */
    scheduledFor: moment.nullable().default(null),
    noteEn: note,
    noteFr: note,
    version: z.coerce.number().int().optional(),
    /** For whoever decides, where it takes another person. */
    reason: z.string().trim().max(500, 'reason-too-long').default(''),
  })
  .refine(one => one.status !== 'scheduled' || one.scheduledFor !== null, {
    path: ['scheduledFor'],
    error: 'date-missing',
  })
  .refine(one => (one.noteEn === null) === (one.noteFr === null), { path: ['noteFr'], error: 'other-language-missing' })

/**
 * Says in public where one category of an incident stands. Where a person begins to give data out, another is asked first and
 * nothing moves yet: the answer is the question's id, else null.
 */
export async function moveWave(
  actor: Actor,
  input: z.input<typeof moveWaveInput>,
  now = new Date(),
): Promise<{ decisionId: string | null }> {
  const { incidentId, category, version, reason, ...data } = parseInput(moveWaveInput, input)
  authorizeEver(actor, 'incident.manage')
  if (data.status === 'scheduled' && data.scheduledFor !== null && data.scheduledFor <= now)
    throw badInput('scheduledFor', 'date-in-past', 'What is planned is to come.')
  const said = { ...data, scheduledFor: data.status === 'scheduled' ? data.scheduledFor : null }
  return transaction(actor, async tx => {
    await tx.$queryRaw`
      SELECT 1 FROM waves WHERE incident_id = ${incidentId}::uuid AND category = ${category}::category FOR UPDATE`
    const wave = await tx.wave.findUnique({ where: { incidentId_category: { incidentId, category } } })
    if (!wave) throw notFound('incident')
    // The button was pressed twice: what is asked for is what is said.
    if (version === wave.version - 1 && isAsked(wave, said)) return { decisionId: null }
    const stale = new Refusal('stale', 'incident-changed', 'Somebody moved this category meanwhile.')
    if (version !== undefined && version !== wave.version) throw stale
    if ('staffId' in actor && beginsRelease(wave.status, said.status))
      return { decisionId: await askRelease(tx, actor, wave, { ...said, reason }, now) }
    if (!(await setWave(tx, actor, wave, said, { now }))) throw stale
    return { decisionId: null }
  })
}

const isAsked = (wave: Wave, { status, scheduledFor, noteEn, noteFr }: Said): boolean =>
  wave.status === status &&
  wave.scheduledFor?.getTime() === scheduledFor?.getTime() &&
  wave.noteEn === noteEn &&
  wave.noteFr === noteFr
