import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, notFound, Refusal } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { moment, title } from '@/domain/incident/incident-inputs'
import { waveStatuses } from '@/domain/incident/wave-status'
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
  })
  .refine(one => one.status !== 'scheduled' || one.scheduledFor !== null, {
    path: ['scheduledFor'],
    error: 'date-missing',
  })
  .refine(one => (one.noteEn === null) === (one.noteFr === null), { path: ['noteFr'], error: 'other-language-missing' })

/** Says in public where one category of an incident stands. */
export async function moveWave(actor: Actor, input: z.input<typeof moveWaveInput>, now = new Date()): Promise<void> {
  const { incidentId, category, version, ...data } = parseInput(moveWaveInput, input)
  authorizeEver(actor, 'incident.manage')
  if (data.status === 'scheduled' && data.scheduledFor !== null && data.scheduledFor <= now)
    throw badInput('scheduledFor', 'date-in-past', 'What is planned is to come.')
  const scheduledFor = data.status === 'scheduled' ? data.scheduledFor : null
  await transaction(async tx => {
    const where = { incidentId_category: { incidentId, category } }
    const wave = await tx.wave.findUnique({ where })
    if (!wave) throw notFound('incident')
    // The button was pressed twice: what is asked for is what is said.
    if (version === wave.version - 1 && isAsked(wave, { ...data, scheduledFor })) return
    const changed = await tx.wave.updateMany({
      where: { incidentId, category, version: version ?? wave.version },
      data: { ...data, scheduledFor, updatedAt: now, version: { increment: 1 } },
    })
    if (changed.count === 0) throw new Refusal('stale', 'incident-changed', 'Somebody moved this category meanwhile.')
    await recordEvent(
      tx,
      actor,
      {
        subject: `incident:${incidentId}`,
        kind: 'wave.moved',
        carrierId: null,
        data: { category, from: wave.status, to: data.status, scheduledFor: scheduledFor?.toISOString() ?? null },
      },
      now,
    )
  })
}

type Said = Pick<Wave, 'status' | 'scheduledFor' | 'noteEn' | 'noteFr'>

const isAsked = (wave: Wave, { status, scheduledFor, noteEn, noteFr }: Said): boolean =>
  wave.status === status &&
  wave.scheduledFor?.getTime() === scheduledFor?.getTime() &&
  wave.noteEn === noteEn &&
  wave.noteFr === noteFr
