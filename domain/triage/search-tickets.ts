import type { Actor } from '@/domain/actor'
import { scope } from '@/domain/policy'
import { asReference } from '@/domain/restore/new-reference'
import { phoneIndexes } from '@/domain/subscriber/phone-indexes'
import type { Secrets } from '@/domain/subscriber/secrets'
import { isCutShort, Prisma, reader, type Tx, transaction } from '@/domain/transaction'

/** Fewer are in everything. */
export const fewestCharacters = 3
/** So many tickets are answered at most. */
export const mostFound = 50
/** No search takes longer than this, whatever it is for: what was found till then is answered. */
const searchLimitMs = 1_500

/** What a ticket was found by, the surest first. */
export type FoundBy = 'reference' | 'phone' | 'mail' | 'account' | 'person' | 'conversation'

export interface FoundTickets {
  tickets: { id: string; by: FoundBy }[]
  /** There are more than are shown, or may be. */
  more: boolean
  /** The search took too long and was left off: what is in conversations only may be missing. */
  cut: boolean
}

const nothing: FoundTickets = { tickets: [], more: false, cut: false }

/**
 * The tickets that a reference, a telephone number, a mail address, an account id, parts of a name or words of a conversation
 * tell of, 50 at most. What names one person or ticket comes first, in whatever form it was typed; nothing is found by fewer
 * than three characters.
 */
export async function searchTickets(actor: Actor, outside: { secrets: Secrets }, asked: string): Promise<FoundTickets> {
  const { carrierId } = scope(actor, 'queue.read')
  const text = asked.replaceAll('\0', '').trim().slice(0, 200)
  if ([...text].length < fewestCharacters) return nothing
  const within = carrierId === undefined ? {} : { carrierId }
  const tx = reader(actor)
  const [byReference, people, parts, said] = await Promise.all([
    tx.ticket.findMany({
      where: { reference: { in: [text, text.toUpperCase(), asReference(text)] }, ...within },
      select: { id: true },
    }),
    exactPeople(tx, outside.secrets, within, text),
    bounded(
      actor,
      (one, most) => one.$queryRaw<{ id: string }[]>`
      SELECT subscriber_id AS id FROM search_people(${text}, ${carrierId ?? null}::uuid, ${most}::int)`,
    ),
    bounded(
      actor,
      (one, most) => one.$queryRaw<{ id: string }[]>`
      SELECT ticket_id AS id FROM search_entries(${text}, ${carrierId ?? null}::uuid, ${most}::int)`,
    ),
  ])
  const ofPeople = await ticketsOf(tx, within, [...people, ...parts.ids.map(id => ({ id, by: 'person' as const }))])
  const ranked = [
    ...byReference.map(({ id }) => ({ id, by: 'reference' as const })),
    ...ofPeople,
    ...said.ids.map(id => ({ id, by: 'conversation' as const })),
  ]
  const tickets = firstOfEach(ranked)
  return {
    tickets: tickets.slice(0, mostFound),
    more: tickets.length > mostFound || parts.ids.length > mostFound || said.ids.length > mostFound,
    cut: parts.cut || said.cut,
  }
}

/** Whom exactly this telephone number, mail address or account id is. */
async function exactPeople(tx: Tx, secrets: Secrets, within: { carrierId?: string }, text: string) {
  const some = { select: { id: true }, take: mostFound }
  const isNumber = /^[+(\d][\d\s().\-/]{5,24}$/.test(text)
  const countries = isNumber ? await tx.carrier.findMany({ select: { country: true }, distinct: ['country'] }) : []
  const indexes = isNumber
    ? phoneIndexes(
        secrets,
        text,
        countries.map(({ country }) => country),
      )
    : []
  const [phone, mail, account] = await Promise.all([
    isNumber ? tx.subscriber.findMany({ where: { phoneIndex: { in: indexes }, ...within }, ...some }) : [],
    tx.subscriber.findMany({ where: { email: { in: [text, text.toLowerCase()] }, ...within }, ...some }),
    tx.subscriber.findMany({ where: { accountId: text, ...within }, ...some }),
  ])
  const by = (rows: { id: string }[], what: FoundBy) => rows.map(({ id }) => ({ id, by: what }))
  return [...by(phone, 'phone'), ...by(mail, 'mail'), ...by(account, 'account')]
}

/** Their tickets, the newest of each first, in the order of the people. */
async function ticketsOf(tx: Tx, within: { carrierId?: string }, people: readonly { id: string; by: FoundBy }[]) {
  if (people.length === 0) return []
  const ids = people.map(({ id }) => id)
  const whose = within.carrierId === undefined ? Prisma.empty : Prisma.sql`AND t.carrier_id = ${within.carrierId}::uuid`
  const rows = await tx.$queryRaw<{ id: string; subscriberId: string }[]>`
    SELECT t.id, t.subscriber_id AS "subscriberId" FROM unnest(${ids}::uuid[]) AS p(id)
    CROSS JOIN LATERAL (
      SELECT t.id, t.subscriber_id FROM tickets t WHERE t.subscriber_id = p.id ${whose} ORDER BY t.opened_at DESC LIMIT 10
    ) t`
  const of = new Map<string, string[]>()
  for (const { id, subscriberId } of rows) of.set(subscriberId, [...(of.get(subscriberId) ?? []), id])
  return people.flatMap(person => (of.get(person.id) ?? []).map(id => ({ id, by: person.by })))
}

/** One statement that is left off where it takes too long: the others go on meanwhile, and nothing of theirs is waited for. */
async function bounded(actor: Actor, ask: (tx: Tx, most: number) => Promise<{ id: string }[]>) {
  try {
    const rows = await transaction(actor, async tx => {
      await tx.$executeRaw`SELECT set_config('statement_timeout', ${String(searchLimitMs)}, true)`
      return ask(tx, mostFound + 1)
    })
    return { ids: rows.map(({ id }) => id), cut: false }
  } catch (error) {
    if (isCutShort(error)) return { ids: [], cut: true }
    throw error
  }
}

/** Each ticket by the surest of what it was found by. */
function firstOfEach(ranked: { id: string; by: FoundBy }[]): { id: string; by: FoundBy }[] {
  const seen = new Set<string>()
  return ranked.filter(({ id }) => !seen.has(id) && seen.add(id))
}
