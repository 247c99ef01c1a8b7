import { randomUUID } from 'node:crypto'
import PostalMime, { type Email } from 'postal-mime'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { type MailMessage, MailNotSent } from '@/domain/notification/mail-gateway'
import { reader, transaction } from '@/domain/transaction'
import { answerTicket } from '@/domain/triage/answer-ticket'
import { listColleagues } from '@/domain/triage/list-colleagues'
import { mergeTicket } from '@/domain/triage/merge-ticket'
import { moveTicket } from '@/domain/triage/move-ticket'
import { noteTicket } from '@/domain/triage/note-ticket'
import { openQuestion } from '@/domain/triage/open-question'
import { removeEntry } from '@/domain/triage/remove-entry'
import { replyToTicket } from '@/domain/triage/reply-to-ticket'
import { resolveTicket } from '@/domain/triage/resolve-ticket'
import { composeMail } from '@/gateways/mail-compose'
import { checkedMail } from '@/gateways/mail-message'
import { DecisionWorld, refused } from '@/test/domain/decision/decision-world'
import type { HandlerResult } from '@/workers/handler'
import { jobs } from '@/workers/jobs'

const everyone = 'every-carrier'
const operator = system('test')

let world: DecisionWorld
let subscriberId: string
let sent: Email[]
let fails: Error | null

beforeAll(async () => {
  world = await DecisionWorld.begin()
  subscriberId = (await world.filed()).ada.subscriberId
  await transaction(everyone, async tx => {
    await tx.staff.update({ where: { id: world.ann.staffId }, data: { name: 'Ann Marchetti' } })
    await tx.staff.update({ where: { id: world.ben.staffId }, data: { name: 'Ben Okafor' } })
  })
}, 120_000)
afterAll(() => world?.end())
beforeEach(() => {
  sent = []
  fails = null
})

const mail = {
  send: async (message: MailMessage) => {
    if (fails) throw fails
    sent.push(await PostalMime.parse(composeMail(checkedMail(message), new Date())))
    return { id: message.messageId }
  },
  close: async () => undefined,
}

async function deliver(job: 'send-mail' | 'send-staff-mail'): Promise<HandlerResult[]> {
  const { services } = world.guard.restores.open
  const tasks = await reader(everyone).task.findMany({ where: { job, status: 'waiting' }, orderBy: { id: 'asc' } })
  const { handle } = await jobs[job].handler()
  const results: HandlerResult[] = []
  for (const { payload } of tasks)
    results.push(await handle(payload as never, { ...services, mail, signal: new AbortController().signal } as never))
  return results
}
const forget = () =>
  transaction(everyone, tx => tx.task.updateMany({ where: { status: 'waiting' }, data: { status: 'done' } }))

async function question(): Promise<string> {
  await forget()
  const wish = { subscriberId, kind: 'other', subject: 'Notes', text: 'Where?', language: 'en' } as const
  const { id } = await openQuestion(operator, { ...wish, openingKey: randomUUID() })
  return id
}
const answer = (ticketId: string, text: string, after: 'keep' | 'wait' = 'keep') =>
  answerTicket(world.ann, { ticketId, text, after, entryKey: randomUUID() })
const header = (email: Email | undefined, key: string) => email?.headers.find(one => one.key === key)?.value
const entry = (id: string) => reader(everyone).ticketEntry.findUniqueOrThrow({ where: { id } })
const ticket = (id: string) => reader(everyone).ticket.findUniqueOrThrow({ where: { id } })

describe('a ticket that was resolved without an answer', () => {
  const resolve = (ticketId: string, said = false) => resolveTicket(world.ann, { ticketId, reason: 'put-right', said })

  it('says so once in their language, in its thread, with why and how it is opened again', async () => {
    await reader(everyone).subscriber.update({ where: { id: subscriberId }, data: { language: 'fr' } })
    const id = await question()
    const { entryId } = await answer(id, 'We look into it.')
    await deliver('send-mail')
    const { messageId } = await entry(entryId)
    await forget()
    await resolve(id)
    fails = new MailNotSent(false, 'the folder answered an error')
    await expect(deliver('send-mail')).rejects.toThrow('not sent')
    fails = null
    await deliver('send-mail')
    await deliver('send-mail')
    const { reference } = await ticket(id)
    expect(sent).toHaveLength(2)
    expect(sent[1]?.subject).toBe(`Votre dossier ${reference}`)
    expect(sent[1]?.text).toContain(`L’assistance a résolu ${reference}`)
    expect(sent[1]?.text).toContain('Ce qui n’allait pas a été réparé.')
    expect(sent[1]?.text).toContain('est alors rouvert')
    expect(sent[1]?.text).toContain(`/account/questions/${id}`)
    expect(header(sent[1], 'in-reply-to')).toBe(`<${messageId}>`)
    await reader(everyone).subscriber.update({ where: { id: subscriberId }, data: { language: 'en' } })
  })

  it('says nothing where it was answered with it, something else said it, or it was opened again before', async () => {
    const answered = await question()
    await answerTicket(world.ann, { ticketId: answered, text: 'Done.', after: 'resolve', entryKey: randomUUID() })
    await deliver('send-mail')
    expect(sent.map(one => one.text?.includes('Done.'))).toEqual([true])
    const told = await question()
    await resolve(told, true)
    const again = await question()
    await resolve(again)
    await replyToTicket(operator, { ticketId: again, text: 'It is not.', language: 'en' })
    await deliver('send-mail')
    expect(sent).toHaveLength(1)
    const about = { ticketId: { in: [answered, told, again] } }
    expect(await reader(everyone).message.count({ where: about })).toBe(1)
  })

  it('says so where a carrier’s program has resolved it, and nothing where it has cancelled it', async () => {
    const [resolved, cancelled] = [await question(), await question()]
    await moveTicket(operator, { ticketId: resolved, to: 'resolved' })
    await moveTicket(operator, { ticketId: cancelled, to: 'cancelled' })
    const about = { ticketId: { in: [resolved, cancelled] } }
    expect(await reader(everyone).message.findMany({ where: about })).toMatchObject([
      { ticketId: resolved, template: 'resolved', channel: 'mail' },
    ])
  })

  it('says nothing where it went on in another one', async () => {
    const [one, other] = [await question(), await question()]
    await mergeTicket(world.ben, { ticketId: one, intoId: other })
    await deliver('send-mail')
    expect(sent).toEqual([])
  })
})

describe('an answer', () => {
  it('goes to the subscriber’s address in their language, says who writes and quotes the reference', async () => {
    const { email } = await reader(everyone).subscriber.update({
      where: { id: subscriberId },
      data: { language: 'fr' },
    })
    const id = await question()
    await answer(id, 'Vendredi <b>prochain</b> & pas avant.\n\nÀ bientôt', 'wait')
    await deliver('send-mail')
    const { reference } = await ticket(id)
    expect(sent).toHaveLength(1)
    const [first] = sent
    expect(first?.to?.[0]?.address).toBe(email)
    expect(first?.subject).toBe(`Votre dossier ${reference}`)
    expect(first?.text).toContain('Agent d’assistance, Harbor Wireless')
    expect(first?.text).toContain('Vendredi <b>prochain</b> & pas avant.\n\nÀ bientôt')
    expect(first?.html).toContain('<p>Vendredi &lt;b&gt;prochain&lt;/b&gt; &amp; pas avant.</p><p>À bientôt</p>')
    expect(first?.text).toContain(`/account/questions/${id}`)
    expect(first?.text).not.toContain('Marchetti')
    await reader(everyone).subscriber.update({ where: { id: subscriberId }, data: { language: 'en' } })
  })

  it('threads with what was written before it, by mail and by us', async () => {
    const id = await question()
    const { entryId } = await answer(id, 'When was it?')
    await deliver('send-mail')
    const own = (await entry(entryId)).messageId
    expect(own).toMatch(/^[0-9a-f-]{36}@/)
    expect(header(sent[0], 'message-id')).toBe(`<${own}>`)
    expect(header(sent[0], 'in-reply-to')).toBeUndefined()
    const theirs = `${randomUUID()}@people.example`
    await replyToTicket(operator, { ticketId: id, text: 'In May.', language: 'en', messageId: theirs })
    await replyToTicket(operator, { ticketId: id, text: 'In May.', language: 'en', messageId: theirs })
    expect(await reader(everyone).ticketEntry.count({ where: { ticketId: id } })).toBe(3)
    await forget()
    await answer(id, 'Thank you.')
    await deliver('send-mail')
    expect(header(sent[1], 'in-reply-to')).toBe(`<${theirs}>`)
    expect(header(sent[1], 'references')).toBe(`<${own}> <${theirs}>`)
  })

  it('keeps its id where it has to be sent again, and is sent once where it was noted', async () => {
    const id = await question()
    const { entryId } = await answer(id, 'An answer.')
    fails = new MailNotSent(false, 'the folder answered an error')
    await expect(deliver('send-mail')).rejects.toThrow('not sent')
    const kept = (await entry(entryId)).messageId
    fails = null
    await deliver('send-mail')
    await deliver('send-mail')
    expect(sent.map(one => header(one, 'message-id'))).toEqual([`<${kept}>`])
    fails = new MailNotSent(true, 'the recipient is not one plain address')
    await answer(id, 'Another.')
    expect((await deliver('send-mail')).at(-1)).toEqual({ failed: { code: 'mail-refused', retryAt: null } })
  })

  it('that was removed before it went out never goes out', async () => {
    const id = await question()
    const { entryId } = await answer(id, 'What nobody should read.')
    await removeEntry(world.ben, { ticketId: id, entryId, reason: 'by-mistake' })
    await deliver('send-mail')
    expect(sent).toEqual([])
  })

  it('goes to no address that was given up lately, and to no telephone', async () => {
    const id = await question()
    const given = { kind: 'address', previous: 'old@people.example', changedAt: new Date() } as const
    const { carrierId } = await ticket(id)
    await transaction(everyone, tx => tx.factorChange.create({ data: { ...given, subscriberId, carrierId } }))
    await answer(id, 'Only for you.')
    const rows = await reader(everyone).message.findMany({
      where: { subscriberId, template: 'answered', sentAt: null },
    })
    expect(rows.filter(({ changeId, channel }) => changeId !== null || channel !== 'mail')).toEqual([])
    expect(rows.length).toBeGreaterThan(0)
  })
})

describe('a note', () => {
  it('tells whom it names, and nothing of what it says', async () => {
    const id = await question()
    const [colleague] = (await listColleagues(world.ann, id)).filter(one => one.id === world.ben.staffId)
    const note = { ticketId: id, language: 'en', entryKey: randomUUID() } as const
    const text = `A secret, @${colleague!.name.toUpperCase()}: write to ada@people.example.`
    const { entryId } = await noteTicket(world.ann, { ...note, text })
    expect((await entry(entryId)).mentions).toEqual([colleague!.id])
    await deliver('send-staff-mail')
    expect(sent).toHaveLength(1)
    const { reference } = await ticket(id)
    expect(sent[0]?.subject).toContain(reference)
    expect(sent[0]?.text).toContain(`/support/tickets/${id}`)
    expect(sent[0]?.text).not.toContain('secret')
  })

  it('names nobody who may not read the ticket', async () => {
    const id = await question()
    const { name } = await reader(everyone).staff.findUniqueOrThrow({ where: { id: world.cleo.staffId } })
    const note = { ticketId: id, language: 'en', entryKey: randomUUID(), text: `See this, @${name}` } as const
    await expect(noteTicket(world.ann, note)).rejects.toThrow(refused('mention-unknown'))
    expect((await listColleagues(world.ann, id)).map(one => one.id)).not.toContain(world.cleo.staffId)
  })
})
