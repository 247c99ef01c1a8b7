import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { addStaff } from '@/domain/subscriber/add-staff'
import { reader, transaction } from '@/domain/transaction'
import { dismissMail } from '@/domain/triage/dismiss-mail'
import { letInMail } from '@/domain/triage/let-in-mail'
import { listMailsAside } from '@/domain/triage/list-mails-aside'
import { readMailAside } from '@/domain/triage/read-mail-aside'
import { type Agent, refused } from '@/test/domain/decision/decision-world'
import { type MailTicket, MailWorld } from '@/test/domain/triage/mail-world'

let world: MailWorld
let ann: Agent
beforeAll(async () => {
  world = await MailWorld.begin()
  const role = 'support_agent' as const
  const { slug } = await reader('every-carrier').carrier.findUniqueOrThrow({
    where: { id: (await world.ticket()).carrierId },
  })
  const member = await addStaff(system('test'), {
    ...{ email: `${randomUUID()}@staff.example`, name: 'Ann Marchetti', role },
    carrierSlug: slug,
  })
  ann = { role, staffId: member.id, carrierId: member.carrierId, provedAt: null }
}, 120_000)
afterAll(() => world?.end())

const lies = (mailId: string) => existsSync(path.join(world.restores.folder, 'snapshots', 'mails', `${mailId}.sealed`))
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

async function asideFrom(ticket: MailTicket, from: string, text = 'It is me, from work.'): Promise<string> {
  await world.reply(ticket, text, { from, attachments: [{ filename: 'seen.png', content: png }] })
  await world.work()
  const mail = (await world.mails(ticket)).at(-1)!
  expect(mail).toMatchObject({ status: 'aside', reason: 'other-address' })
  return mail.id
}
const letIn = (mailId: string, reference: string, by: Agent = ann) =>
  letInMail(by, world.services.sealed, { mailId, reference })
const events = async (ticketId: string) =>
  (await reader('every-carrier').event.findMany({ where: { subject: `ticket:${ticketId}` }, orderBy: { seq: 'asc' } }))
    .filter(({ kind }) => kind.startsWith('mail.'))
    .map(({ kind, actorId, data }) => ({ kind, actorId, ...(JSON.parse(data) as object) }))

describe('a mail that was kept aside', () => {
  it('is read by who may decide, and let in into its ticket with its files, as the subscriber’s words', async () => {
    const ticket = await world.ticket('resolved')
    const mailId = await asideFrom(ticket, 'ada@work.example')
    expect(await readMailAside(ann, world.services.sealed, { mailId })).toMatchObject({
      ...{ said: 'It is me, from work.', fromAddress: 'ada@work.example', knownAddress: ticket.email },
      files: [{ name: 'seen.png' }],
      mayBeLetIn: true,
    })
    const { reference } = await world.row(ticket)
    expect(await letIn(mailId, reference.toLowerCase())).toEqual({ ticketId: ticket.id })
    const [entry] = await world.entries(ticket)
    expect(entry).toMatchObject({ kind: 'from_subscriber', writtenBy: null, text: 'It is me, from work.' })
    expect(await world.row(ticket)).toMatchObject({ status: 'open', askedSince: expect.any(Date) })
    const handled = { handledBy: ann.staffId, handledAt: expect.any(Date) }
    expect(await world.mails(ticket)).toMatchObject([
      { status: 'entered', reason: 'other-address', entryId: entry!.id, ...handled },
    ])
    expect(lies(mailId)).toBe(true)
    expect(await world.work()).toBe(0)
    expect(lies(mailId)).toBe(false)
    const [file] = await reader('every-carrier').ticketFile.findMany({ where: { entryId: entry!.id } })
    expect(await world.services.sealed.exists(`files/${file!.id}`)).toBe(true)
    expect(await events(ticket.id)).toMatchObject([
      { kind: 'mail.kept-aside', mailId },
      { kind: 'mail.let-in', mailId, actorId: ann.staffId, reason: 'other-address', entryId: entry!.id },
    ])
    await expect(letIn(mailId, reference)).rejects.toEqual(refused('mail-settled'))
    await expect(dismissMail(ann, { mailId, reason: 'unwanted' })).rejects.toEqual(refused('mail-settled'))
  })

  it('goes into another ticket only where that is of the same carrier and of who it says it is from', async () => {
    const [ticket, theirs, strangers, elsewhere] = [
      await world.ticket(),
      await world.ticket(),
      await world.ticket(),
      await world.ticket(),
    ]
    const boreal = await reader('every-carrier').carrier.findFirst({ where: { id: { not: ticket.carrierId } } })
    const other =
      boreal ??
      (await transaction('every-carrier', tx =>
        tx.carrier.create({ data: { slug: `c-${randomUUID()}`, name: 'Boreal' } }),
      ))
    const mailId = await asideFrom(ticket, theirs.email)
    await expect(letIn(mailId, (await world.row(strangers)).reference)).rejects.toEqual(refused('ticket-of-another'))
    await expect(letIn(mailId, 'HW-NONE-0000')).rejects.toEqual(refused('ticket-unknown'))
    const abroad = { ...ann, carrierId: other.id }
    await expect(letIn(mailId, (await world.row(theirs)).reference, abroad)).rejects.toEqual(refused('not-found'))
    expect(await world.entries(elsewhere)).toEqual([])
    await letIn(mailId, (await world.row(theirs)).reference)
    expect(await world.entries(ticket)).toEqual([])
    expect(await world.entries(theirs)).toMatchObject([{ subscriberId: theirs.subscriberId }])
  })

  it('is dismissed with a reason: a tombstone stays, and nothing of what it said', async () => {
    const ticket = await world.ticket()
    const mailId = await asideFrom(ticket, 'shop@adverts.example')
    await dismissMail(ann, { mailId, reason: 'unwanted' })
    await world.work()
    expect(lies(mailId)).toBe(false)
    expect(await world.mails(ticket)).toMatchObject([
      { status: 'dismissed', fromAddress: null, handledBy: ann.staffId, dismissReason: 'unwanted' },
    ])
    expect(await listMailsAside(ann, { ticketId: ticket.id })).toMatchObject([
      { id: mailId, dismissed: { by: 'Ann Marchetti', reason: 'unwanted' } },
    ])
    expect((await listMailsAside(ann)).map(({ id }) => id)).not.toContain(mailId)
    expect((await events(ticket.id)).at(-1)).toMatchObject({
      kind: 'mail.dismissed',
      actorId: ann.staffId,
      reason: 'unwanted',
    })
    expect(await world.entries(ticket)).toEqual([])
    await expect(letIn(mailId, (await world.row(ticket)).reference)).rejects.toEqual(refused('mail-settled'))
  })

  it('that has no words of theirs is not let in, and one that is too long stands with the rest beside it', async () => {
    const ticket = await world.ticket()
    const { reference } = await world.row(ticket)
    await world.sendRaw(ticket, `From: ${ticket.email}\r\nSubject: Empty\r\n\r\n\r\n`)
    await world.work()
    const empty = (await world.mails(ticket)).at(-1)!
    expect(empty.reason).toBe('empty')
    await expect(letIn(empty.id, reference)).rejects.toEqual(refused('mail-has-no-words'))
    const long = 'word '.repeat(4_100)
    await world.reply(ticket, long)
    await world.work()
    const mail = (await world.mails(ticket)).at(-1)!
    expect(mail.reason).toBe('too-long')
    await letIn(mail.id, reference)
    const [entry] = await world.entries(ticket)
    expect(entry!.text.length).toBeLessThanOrEqual(20_000)
    expect(`${entry!.text}${entry!.trimmed}`.trim()).toBe(long.trim())
  })

  it('is settled once by two people at the same moment', async () => {
    const ticket = await world.ticket()
    const mailId = await asideFrom(ticket, 'ada@work.example')
    const { reference } = await world.row(ticket)
    const done = await Promise.allSettled([
      letIn(mailId, reference),
      dismissMail(ann, { mailId, reason: 'unwanted' }),
      letIn(mailId, reference),
    ])
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await world.entries(ticket)).length).toBeLessThanOrEqual(1)
  })
})
