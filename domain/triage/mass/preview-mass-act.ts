import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { personOf } from '@/domain/decision/move-decision'
import { notFound } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorize, may } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import { setOf } from '@/domain/triage/mass/mass-set'
import { takesTwo } from '@/domain/triage/mass/takes-two'
import { addressedOf, saidTo, type Wording } from '@/domain/triage/mass/wording'
import type { Language } from '@/prisma/generated/enums'

export interface MassPreview {
  count: number
  /** The moment at which they were counted: what comes in from here on was seen by nobody. */
  until: Date
  byLanguage: Record<Language, number>
  /** Another person has to agree. */
  takesTwo: boolean
  /** Three of them, as it will be. Null: the reader does not see who they are. */
  samples: { ticketId: string | null; reference: string | null; language: Language; text: string | null }[]
}

const shown = 3

/** What a draft would do: to how many, in which languages, and to three of them. */
export async function previewMassAct(
  actor: Actor,
  input: { massActId: string },
  wording: Wording,
  now = new Date(),
): Promise<MassPreview> {
  const { massActId: id } = parseInput(z.object({ massActId: z.uuid() }), input)
  const db = reader(actor)
  const act = await db.massAct.findUnique({ where: { id } })
  authorize(actor, 'mass.reply', { carrierId: act?.carrierId ?? null, subscriberId: null }, 'act on many')
  if (!act) throw notFound('act on many')
  const askedBy = personOf(actor)
  const set = await setOf(act, actor, now, now)
  const counted = await db.$queryRaw<{ language: Language; n: number }[]>`
    SELECT t.language::text AS language, count(*)::int AS n FROM tickets t WHERE ${set} GROUP BY t.language`
  const byLanguage = { en: 0, fr: 0, ...Object.fromEntries(counted.map(({ language, n }) => [language, n])) }
  const count = byLanguage.en + byLanguage.fr
  // Of both languages, where there are both.
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      SELECT t.id, row_number() OVER (PARTITION BY t.language ORDER BY t.id) AS place FROM tickets t WHERE ${set}
    ) one ORDER BY place, id LIMIT ${shown}`
  return {
    count,
    until: now,
    byLanguage,
    takesTwo: await takesTwo(db, { kind: act.kind, askedBy }, count, now),
    samples: await Promise.all(rows.map(({ id: ticketId }) => sample(actor, act, ticketId, wording))),
  }
}

async function sample(actor: Actor, act: Parameters<typeof saidTo>[0], ticketId: string, wording: Wording) {
  const ticket = await reader(actor).ticket.findUniqueOrThrow({ where: { id: ticketId } })
  const sees = may(actor, 'ticket.read', ticket)
  const addressed = await addressedOf(reader(actor), ticketId)
  const whom = sees ? addressed : { ...addressed, name: null, reference: '…', categories: [] }
  return {
    ticketId: sees ? ticketId : null,
    reference: sees ? ticket.reference : null,
    language: addressed.language,
    text: saidTo(act, whom, wording),
  }
}
