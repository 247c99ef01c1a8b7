import type pg from 'pg'
import type { BenchInstallation } from '@/bench/installation'
import { seedTickets } from '@/bench/seed-tickets'
import { type Actor, system } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { declineRequest } from '@/domain/restore/decline-request'
import { findRequest, listRequests } from '@/domain/restore/find-requests'
import { readTimeline } from '@/domain/restore/read-timeline'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { addStaff } from '@/domain/subscriber/add-staff'
import { reader, transaction } from '@/domain/transaction'
import { defaultViewNames, defaultViews } from '@/domain/triage/default-views'
import { countTickets, findTickets } from '@/domain/triage/find-tickets'
import { leaveTicket } from '@/domain/triage/leave-ticket'
import { listQueueChoices } from '@/domain/triage/list-queue-choices'
import { listViews } from '@/domain/triage/list-views'
import type { QueueFilter } from '@/domain/triage/queue-filter'
import { searchTickets } from '@/domain/triage/search-tickets'
import { takeNext } from '@/domain/triage/take-next'

const agents = 60
const slugs = ['first', 'second'] as const

export type Agent = Extract<Actor, { staffId: string }>

/** Two carriers with half of the tickets and half of the agents each, and one agent who works for both. */
export async function fill(
  owner: pg.Client,
  tickets: number,
  entriesEach: number,
): Promise<{ staff: Agent[]; everywhere: Agent }> {
  const operator = system('bench')
  const person = async (name: string, carrierSlug: string | null): Promise<Agent> => {
    const input = { email: `${name}@staff.example`, name, role: 'support_agent', carrierSlug } as const
    const { id: staffId, carrierId } = await addStaff(operator, input)
    return { role: 'support_agent', staffId, carrierId, provedAt: new Date() }
  }
  const staff: Agent[] = []
  for (const slug of slugs) {
    const { id: carrierId } = await addCarrier(operator, { slug, name: slug, country: 'US' })
    const own: Agent[] = []
    for (let one = 0; one < agents / slugs.length; one++) own.push(await person(`${slug}-${one}`, slug))
    staff.push(...own)
    const began = performance.now()
    const half = { carrierId, tickets: tickets / slugs.length, entriesEach, mark: slug.toUpperCase() }
    await seedTickets(owner, { ...half, staffIds: own.map(({ staffId }) => staffId), atOnce: true })
    console.error(`  ${half.tickets} tickets in ${((performance.now() - began) / 1000).toFixed(0)} s`)
  }
  await owner.query('VACUUM ANALYZE')
  return { staff, everywhere: await person('everywhere', null) }
}

const lists: QueueFilter[] = [
  ...defaultViewNames.map(name => defaultViews[name]),
  { language: 'fr', status: 'open' },
  { category: 'photos', status: 'open', language: 'fr' },
  { tag: 'press', priority: 'high' },
  { hold: 'frozen' },
  { kind: 'missing-records', waited: 48 },
]

/** What an agent does next, the same order each time: of twenty, eight lists, four opened, three searches, two taken … */
const order =
  'list open list search list claim list open decide list reply list search open list decide list open search claim'.split(
    ' ',
  )

/** What the agents do, one thing after the other, each as whoever's turn it is. */
export function workOf(at: BenchInstallation, staff: Agent[], tickets: number) {
  /** What each has, by the id of whoever has it: the next one passes over the one before. */
  const taken = new Map<string, { agent: Agent; requestId: string }>()
  const seen: string[] = []
  let turn = 0
  const acts: Record<string, (agent: Agent, turn: number) => Promise<unknown>> = {
    list: async (agent, turn) => {
      const [page] = await Promise.all([
        findTickets(agent, at.services, { filter: lists[turn % lists.length], newestFirst: turn % 5 === 0 }),
        listViews(agent),
        listQueueChoices(agent, 'en'),
        countTickets(
          agent,
          defaultViewNames.map(name => defaultViews[name]),
        ),
      ])
      const ids = page.tickets.flatMap(({ requestId }) => requestId ?? [])
      seen.push(...ids.slice(0, 3))
      await listRequests(agent, ids)
    },
    open: async () => {
      const requestId = seen.shift()
      if (requestId === undefined) return
      const id = await reader('every-carrier').restoreRequest.findUniqueOrThrow({ where: { id: requestId } })
      const own = staff.find(one => one.carrierId === id.carrierId)!
      await Promise.all([findRequest(own, requestId), readTimeline(own, requestId), conversation(own, requestId)])
    },
    search: (agent, turn) => searchTickets(agent, at.services, termOf(turn, tickets)),
    claim: async agent => {
      const next = await takeNext(agent)
      if (next?.requestId) taken.set(agent.staffId, { agent, requestId: next.requestId })
    },
    reply: async () => {
      const requestId = seen[0]
      if (requestId !== undefined) await reply(requestId)
    },
    decide: async () => {
      const [next] = taken.values()
      if (next === undefined) return
      const { agent, requestId } = next
      taken.delete(agent.staffId)
      const { status } = await findRequest(agent, requestId)
      if (status === 'filed') await declineRequest(agent, { requestId, reason: 'asked-twice' }).catch(whoeverHasItNow)
      else await leaveTicket(agent, { requestId })
    },
  }
  return () => {
    const what = order[turn % order.length]!
    const agent = staff[(turn * 7) % staff.length]!
    const done = acts[what]!(agent, turn)
    turn += 1
    return { what, done }
  }
}

/** They pressed "next" once more, so that a colleague has it: to be told so is an answer too. */
function whoeverHasItNow(error: unknown): void {
  if (!(error instanceof Refusal) || error.kind !== 'wrong-state') throw error
}

/** Names, references, words of a conversation: rare ones, common ones, and what is in everything. */
function termOf(turn: number, tickets: number): string {
  const one = 1 + ((turn * 7919) % (tickets / slugs.length))
  const terms = [`Surname${one}`, `FIRSTR${one}`, `SECOND-${one}`, 'giraffe', `someone${one}.FIRST@people.example`]
  return [...terms, 'address book', 'outage', 'telephone error', 'Élise', 'w0a1'][turn % 10]!
}

const conversation = (agent: Agent, requestId: string) =>
  reader(agent).ticketEntry.findMany({
    where: { ticket: { requestId } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    take: 50,
  })

async function reply(requestId: string): Promise<void> {
  await transaction('every-carrier', async tx => {
    const { id: ticketId, carrierId, subscriberId } = await tx.ticket.findUniqueOrThrow({ where: { requestId } })
    const said = { kind: 'to_subscriber', text: 'We look into it and write again tomorrow.', language: 'en' } as const
    await tx.ticketEntry.create({ data: { ticketId, carrierId, subscriberId, ...said } })
  })
}
