import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { type Hold, holdsKnownAccounts, holdsOn } from '@/domain/identity/holds'
import { authorize, scope } from '@/domain/policy'
import { type Category, categories } from '@/domain/record/category'
import { openStatuses } from '@/domain/restore/request-status'
import { searchPeople } from '@/domain/restore/search-people'
import { reader } from '@/domain/transaction'
import type { AccountKind, AccountStatus, TicketKind } from '@/prisma/generated/enums'

/** Somebody for whom staff could file: as much as tells them from others. */
export interface FoundPerson {
  id: string
  name: string | null
  accountId: string
  carrier: string
}

/** So many are shown: of more, more has to be said. */
export const mostPeople = 10

/**
 * Whom a carrier's account id is, or parts of a name or mail address, 10 at most; somebody's account id, as exact bytes, goes before
 * everything else. `carrierId`: only that carrier's. None for fewer than three characters.
 */
export async function findPeopleToFileFor(
  actor: Actor,
  { asked, carrierId }: { asked: string; carrierId?: string },
): Promise<{ people: FoundPerson[]; more: boolean }> {
  const { carrierId: within } = scope(actor, 'subscriber.file-for')
  const text = asked.replaceAll('\0', '').trim().slice(0, 200)
  if ([...text].length < 3) return { people: [], more: false }
  const ofCarrier = [within, carrierId].flatMap(one => (one === undefined ? [] : [{ carrierId: one }]))
  const shape = { select: { id: true, name: true, accountId: true, carrier: { select: { name: true } } } } as const
  const exact = await reader(actor).subscriber.findMany({
    where: { accountId: text, AND: ofCarrier },
    ...shape,
    take: mostPeople + 1,
  })
  const rows = exact.length > 0 ? exact : await byWords(actor, text, ofCarrier, shape)
  const people = rows.slice(0, mostPeople).map(({ carrier, ...one }) => ({ ...one, carrier: carrier.name }))
  return { people, more: rows.length > mostPeople }
}

async function byWords(
  actor: Actor,
  text: string,
  ofCarrier: { carrierId: string }[],
  shape: { select: { id: true; name: true; accountId: true; carrier: { select: { name: true } } } },
) {
  const ids = await searchPeople(actor, text)
  const rows = await reader(actor).subscriber.findMany({ where: { id: { in: ids }, AND: ofCarrier }, ...shape })
  return rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
}

/** What was recovered in one category: the newest that may be given out, in counts. */
export interface RecoveredCount {
  category: Category
  expected: number | null
  found: number
  partial: number
  damaged: number
  asOf: Date
}

/** One person, before anything is filed for them: counts and codes, nothing of what their records say. */
export interface PersonToFileFor extends FoundPerson {
  carrierId: string
  language: 'en' | 'fr'
  /** What keeps data from being given out, the gravest first; then nothing is filed. */
  holds: Hold[]
  recovered: RecoveredCount[]
  /** `receives`: known before the incident, so that data may go there. */
  accounts: {
    id: string
    label: string
    kind: AccountKind
    status: AccountStatus
    createdAt: Date
    receives: boolean
  }[]
  /** What of theirs is open now. */
  open: { id: string; requestId: string | null; reference: string; kind: TicketKind; openedAt: Date }[]
  /** Restores of theirs that have begun, the newest first: after which something can be missing. */
  restores: { id: string; reference: string; filedAt: Date; categories: Category[] }[]
}

/** Throws a Refusal "not-found" for somebody for whom the actor may not file. */
export async function readPersonToFileFor(
  actor: Actor,
  { subscriberId }: { subscriberId: string },
  now = new Date(),
): Promise<PersonToFileFor> {
  const db = reader(actor)
  const row = await db.subscriber.findUnique({
    where: { id: subscriberId },
    include: { carrier: { select: { name: true } }, accounts: { orderBy: { createdAt: 'asc' } } },
  })
  authorize(actor, 'subscriber.file-for', { carrierId: row?.carrierId ?? null, subscriberId }, 'subscriber')
  if (!row) throw notFound('subscriber')
  const [holds, holdings, open, restores] = await Promise.all([
    holdsOn(db, subscriberId, now),
    db.holding.findMany({
      where: { subscriberId, objectKey: { not: null }, batch: { status: { in: ['accepted', 'released'] } } },
      orderBy: [{ asOf: 'desc' }, { batch: { createdAt: 'desc' } }],
    }),
    db.ticket.findMany({
      where: {
        subscriberId,
        OR: [{ requestId: null, status: { not: 'resolved' } }, { request: { status: { in: [...openStatuses] } } }],
      },
      select: { id: true, requestId: true, reference: true, kind: true, openedAt: true },
      orderBy: { openedAt: 'desc' },
      take: 20,
    }),
    db.restoreRequest.findMany({
      where: { subscriberId, crossing: null, runs: { some: { kind: 'restore' } } },
      select: { id: true, reference: true, filedAt: true, items: { select: { category: true } } },
      orderBy: { filedAt: 'desc' },
      take: 20,
    }),
  ])
  const { id, carrierId, carrier, name, accountId, language, accounts } = row
  return {
    ...{ id, carrierId, carrier: carrier.name, name, accountId, language, open },
    restores: restores.map(({ items, ...one }) => ({
      ...one,
      categories: categories.filter(category => items.some(item => item.category === category)),
    })),
    holds: holds.filter(holdsKnownAccounts),
    recovered: categories.flatMap(category => {
      const newest = holdings.find(one => one.category === category)
      if (newest === undefined) return []
      const { expected, complete, partial, damaged, asOf } = newest
      return [{ category, expected, found: complete + partial + damaged, partial, damaged, asOf }]
    }),
    accounts: accounts
      .filter(({ status }) => status !== 'removed')
      .map(one => {
        const { id: account, label, kind, status, createdAt, coolingUntil } = one
        return { id: account, label, kind, status, createdAt, receives: coolingUntil === null }
      }),
  }
}
