import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Actor, system } from '@/domain/actor'
import { lockRestores } from '@/domain/identity/lock-restores'
import { listHoldings } from '@/domain/recovery/list-holdings'
import { type AccountOutside, addAccount } from '@/domain/restore/add-account'
import { approveRequest } from '@/domain/restore/approve-request'
import { declineRequest } from '@/domain/restore/decline-request'
import { fileRequest } from '@/domain/restore/file-request'
import type { SealedStore } from '@/domain/restore/sealed-store'
import { reader, transaction } from '@/domain/transaction'
import { answerTicket } from '@/domain/triage/answer-ticket'
import { changeTicket } from '@/domain/triage/change-ticket'
import { noteTicket } from '@/domain/triage/note-ticket'
import { openQuestion } from '@/domain/triage/open-question'
import { replyToTicket } from '@/domain/triage/reply-to-ticket'
import { tagTicket } from '@/domain/triage/tag-ticket'
import { type QuestionKind, questionKinds } from '@/domain/triage/ticket-inputs'
import { Chance, seedOf } from '@/prisma/demonstration/chance'
import { crowd } from '@/prisma/demonstration/crowd-people'
import { again, answered, asked, noted, tags } from '@/prisma/demonstration/crowd-words'
import { writeDevice } from '@/prisma/demonstration/devices'
import { tellMailAside } from '@/prisma/demonstration/mail-aside'
import { tellMassActs } from '@/prisma/demonstration/mass-acts'
import { tellMerged } from '@/prisma/demonstration/merged'
import type { CarrierSlug, DemoSubscriber } from '@/prisma/demonstration/people'
import { type Agent, actorOf } from '@/prisma/demonstration/staff-actor'

const operator = system('demonstration')
const minute = 60_000
const hour = 60 * minute

/** So many of the crowd file a restore; with what is asked beside, there are so many tickets. */
const filing = 130
const tickets = 400

export interface Crowd {
  /** By account id. */
  ids: ReadonlyMap<string, string>
  services: AccountOutside & { sealed: SealedStore }
  dataDirectory: string
  told: Date
}

interface Helpers {
  agents: Record<CarrierSlug, Agent>
  lead: Actor
}

/** The queue of a bad week: tickets of every kind and in every state, most of them of the last hours. Staff have to be there already. */
export async function tellCrowd(story: Crowd): Promise<void> {
  const helpers = {
    agents: { harbor: await actorOf('support@harbor.example'), boreal: await actorOf('soutien@boreal.example') },
    lead: await actorOf('lead@homeward.example'),
  }
  for (const [i, person] of crowd.entries()) if (i < filing) await tellRestore(person, i, story, helpers)
  await tellMerged(story, helpers.agents)
  const before = await reader('every-carrier').ticket.count()
  for (let i = 0; i < tickets - before; i++) await tellQuestion(crowd[(i * 37) % crowd.length]!, i, story, helpers)
  await tellMailAside(story, story.services.sealed)
  await tellMassActs()
  await mailedLongAgo(story)
}

/** When something happened: most within the last hours, the rest spread over nine days. */
function momentOf(chance: Chance, told: Date, isSettled: boolean): Date {
  const hours = isSettled ? 6 + chance.next() * 210 : chance.happens(0.75) ? chance.next() * 7 : 7 + chance.next() * 41
  return new Date(told.getTime() - hours * hour)
}

type Fate = 'filed' | 'approved' | 'unreachable' | 'declined' | 'locked'
const fateOf = (i: number): Fate => {
  if (i % 11 === 3) return 'declined'
  if (i % 13 === 5) return 'locked'
  if (i % 29 === 7) return 'unreachable'
  return i % 9 === 4 ? 'approved' : 'filed'
}

async function tellRestore(person: DemoSubscriber, i: number, story: Crowd, { agents }: Helpers): Promise<void> {
  const { ids, services, dataDirectory, told } = story
  const subscriberId = ids.get(person.id)!
  const folder = path.join(dataDirectory, 'devices', person.id)
  await writeDevice(folder, person)
  const label = person.language === 'fr' ? 'Mon téléphone' : 'My phone'
  const { id: accountId } = await addAccount(operator, services, { kind: 'vdir', subscriberId, url: folder, label })
  const holdings = (await listHoldings(operator, { subscriberId })).filter(one => one.newest && one.objectKey !== null)
  if (holdings.length === 0) return
  const fate = fateOf(i)
  const chance = new Chance(seedOf(`${person.id} restore`))
  const filedAt = momentOf(chance, told, fate === 'declined')
  const wish = { subscriberId, accountId, holdingIds: holdings.map(({ id }) => id), filingKey: randomUUID() }
  const rule = chance.pick(['keep_both', 'merge', 'keep_current'] as const)
  const { id: requestId } = await fileRequest(
    themselves(agents[person.carrier], subscriberId),
    { ...wish, rule },
    filedAt,
  )
  if (fate === 'unreachable') {
    await rm(folder, { recursive: true })
    await writeFile(folder, '')
  }
  if (fate !== 'filed' && fate !== 'declined') await approveRequest(operator, { requestId })
  const reason = chance.pick(['not-verified', 'asked-twice', 'data-in-doubt'] as const)
  if (fate === 'declined') await declineRequest(agents[person.carrier], { requestId, reason })
  if (fate === 'locked') await lockRestores(themselves(agents[person.carrier], subscriberId), { subscriberId })
}

async function tellQuestion(person: DemoSubscriber, i: number, story: Crowd, { agents, lead }: Helpers): Promise<void> {
  const { language, carrier } = person
  const subscriberId = story.ids.get(person.id)!
  const chance = new Chance(seedOf(`${person.id} question ${i}`))
  const agent = agents[carrier]
  const how = chance.pick([
    'waits',
    'waits',
    'waits',
    'writes-again',
    'asked-back',
    'asked-back',
    'resolved',
    'resolved',
  ] as const)
  const about = await restoreOf(subscriberId)
  // Asked a second time about the same restore it would be added to the first.
  const kind: QuestionKind = chance.pick(
    about === null || i >= crowd.length ? questionKinds.filter(one => one !== 'missing_records') : questionKinds,
  )
  const openedAt = momentOf(chance, story.told, how === 'resolved' || how === 'asked-back')
  const after = (hours: number): Date =>
    new Date(Math.min(openedAt.getTime() + hours * hour, story.told.getTime() - chance.between(1, 20) * minute))
  const wish = {
    ...{ subscriberId, kind, language, openingKey: randomUUID(), ...chance.pick(asked[kind][language]) },
    ...(kind === 'missing_records' && about !== null
      ? { aboutRequestId: about.id, items: [{ category: about.category, record: null }] }
      : {}),
  }
  const { id: ticketId } = await openQuestion(themselves(agent, subscriberId), wish, openedAt)
  if (chance.happens(0.12)) await tagTicket(agent, { ticketId, tag: chance.pick(tags) })
  if (chance.happens(0.08)) await changeTicket(lead, { ticketId, priority: chance.happens(0.3) ? 'urgent' : 'high' })
  if (chance.happens(0.1))
    await noteTicket(
      agent,
      { ticketId, text: chance.pick(noted[language]), language, entryKey: randomUUID() },
      after(0.5),
    )
  if (how === 'waits') return
  const { tell, ask } = answered[kind][language]
  const asksBack = how !== 'resolved' || chance.happens(0.3)
  const first = { ticketId, text: asksBack ? ask : tell, entryKey: randomUUID() }
  await answerTicket(agent, { ...first, after: asksBack ? 'wait' : 'resolve' }, after(1))
  if (how === 'asked-back' || !asksBack) return
  await replyToTicket(
    themselves(agent, subscriberId),
    { ticketId, text: chance.pick(again[language]), language },
    after(2),
  )
  if (how === 'writes-again') return
  await answerTicket(agent, { ticketId, text: tell, entryKey: randomUUID(), after: 'resolve' }, after(4))
}

async function restoreOf(subscriberId: string) {
  const items = { select: { category: true }, take: 1 }
  const request = await reader('every-carrier').restoreRequest.findFirst({
    where: { subscriberId },
    include: { items },
  })
  const [item] = request?.items ?? []
  return request && item ? { id: request.id, category: item.category } : null
}

/** Who asks, of the same carrier as whoever answers them. */
const themselves = ({ carrierId }: Agent, subscriberId: string): Actor => ({
  ...{ role: 'subscriber', subscriberId, carrierId: carrierId!, provedAt: new Date() },
})

/** What was said in days gone by was mailed then: the demonstration's mailbox is for what happens in it. */
async function mailedLongAgo({ ids }: Crowd): Promise<void> {
  const subscriberId = { in: crowd.map(({ id }) => ids.get(id)!) }
  await transaction('every-carrier', async tx => {
    const messages = await tx.message.findMany({ where: { subscriberId, sentAt: null }, select: { id: true } })
    await tx.task.deleteMany({ where: { onceKey: { in: messages.map(({ id }) => `mail:${id}`) } } })
    await tx.message.updateMany({ where: { subscriberId, sentAt: null }, data: { sentAt: new Date() } })
  })
}
