import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import type { MailMessage } from '@/domain/notification/mail-gateway'
import { addStaff } from '@/domain/subscriber/add-staff'
import { reader, transaction } from '@/domain/transaction'
import { answerTicket } from '@/domain/triage/answer-ticket'
import { listMailsAside } from '@/domain/triage/list-mails-aside'
import { mailBounds } from '@/domain/triage/mail-bounds'
import { domain, MailWorld } from '@/test/domain/triage/mail-world'
import { handle as sendMail } from '@/workers/handlers/send-mail'

let world: MailWorld
beforeAll(async () => {
  world = await MailWorld.begin()
}, 120_000)
afterAll(() => world?.end())

const lies = (mailId: string) => existsSync(path.join(world.restores.folder, 'snapshots', 'mails', `${mailId}.sealed`))
const quoted = [
  'They are back, thank you.',
  '',
  '-- ',
  'Ada',
  '',
  'On Mon, 23 Nov 2026 at 08:12, Homeward <no-reply@homeward.example> wrote:',
  '> Are your notes back?',
].join('\n')

describe('an answer by mail', () => {
  it('is entered as what the subscriber said, without quotes and signature, and the ticket waits for us', async () => {
    const ticket = await world.ticket('resolved')
    await world.reply(ticket, quoted, { messageId: '<one@people.example>' })
    const [arrived] = await world.mails(ticket)
    expect(arrived).toMatchObject({ status: 'received', subscriberId: ticket.subscriberId })
    expect(lies(arrived!.id)).toBe(true)
    expect(await world.work()).toBe(0)
    const [entry, ...more] = await world.entries(ticket)
    expect(more).toEqual([])
    expect(entry).toMatchObject({ kind: 'from_subscriber', writtenBy: null, text: 'They are back, thank you.' })
    expect(entry).toMatchObject({ messageId: 'one@people.example', trimmed: expect.stringContaining('> Are your') })
    const row = await world.row(ticket)
    expect(row).toMatchObject({ status: 'open', version: 2, askedSince: expect.any(Date) })
    expect(row.waitsSince.getTime()).toBeGreaterThan(Date.now() - 60_000)
    expect(await world.mails(ticket)).toMatchObject([{ status: 'entered', reason: null, tries: 1 }])
    expect(lies(arrived!.id)).toBe(false)
  })

  it('leaves a ticket in its place that waits for us already', async () => {
    const ticket = await world.ticket('open')
    await world.reply(ticket, 'And one thing more.')
    await world.work()
    expect(await world.row(ticket)).toMatchObject({
      status: 'open',
      waitsSince: new Date(0),
      version: 2,
      askedSince: expect.any(Date),
    })
  })

  it('is entered once, however often the relay brings it', async () => {
    const ticket = await world.ticket()
    const raw = `From: ${ticket.email}\r\nSubject: Again\r\n\r\nAgain\r\n`
    for (let time = 0; time < 3; time++) await world.sendRaw(ticket, raw)
    await Promise.all([1, 2, 3].map(() => world.reply(ticket, 'Once', { messageId: '<once@people.example>' })))
    await Promise.all([world.work(), world.work()])
    await world.reply(ticket, 'Once', { messageId: '<once@people.example>' })
    await world.work()
    expect((await world.entries(ticket)).map(entry => entry.text).sort()).toEqual(['Again', 'Once'])
    expect(await world.mails(ticket)).toHaveLength(2)
  })

  it('forgets what was trimmed when the entry is removed', async () => {
    const ticket = await world.ticket()
    await world.reply(ticket, quoted)
    await world.work()
    const id = (await world.entries(ticket))[0]!.id
    const removed = { text: '', removedAt: new Date(), removedBy: ticket.id, removedReason: 'asked' }
    await transaction('every-carrier', tx => tx.ticketEntry.update({ where: { id }, data: removed }))
    expect(await world.entries(ticket)).toMatchObject([{ text: '', trimmed: null }])
  })
})

describe('what is no answer of theirs', () => {
  const aside = async (reason: string, raw: (ticket: { email: string }) => string, from?: string) => {
    const ticket = await world.ticket()
    await world.sendRaw(ticket, raw(ticket), from)
    expect(await world.work()).toBe(0)
    expect(await world.entries(ticket)).toEqual([])
    expect(await world.row(ticket)).toMatchObject({ status: 'pending', version: 1 })
    expect(await world.mails(ticket)).toMatchObject([{ status: 'aside', reason, settledAt: expect.any(Date) }])
    const id = (await world.mails(ticket))[0]!.id
    expect(lies(id)).toBe(true)
    const agent = { role: 'support_agent', staffId: ticket.id, carrierId: ticket.carrierId, provedAt: null } as const
    expect(await listMailsAside(agent, { ticketId: ticket.id })).toMatchObject([{ id, reason, ticketId: ticket.id }])
    return ticket
  }

  it.each([
    ['Auto-Submitted: auto-replied'],
    ['Auto-Submitted: auto-generated (holiday)'],
    ['Precedence: bulk'],
    ['List-Id: <people.example>'],
    ['X-Loop: replies.example'],
    ['Return-Path: <>'],
    ['Content-Type: multipart/report; boundary=x'],
  ])('is kept aside where a program wrote it: %s', async header => {
    await aside('automatic', ({ email }) => `${header}\r\nFrom: ${email}\r\n\r\nI am away.\r\n`)
  })

  it('is kept aside where nobody sent it', async () => {
    await aside('automatic', ({ email }) => `From: ${email}\r\n\r\nx`, '')
  })

  it('is read where the header says that a person wrote it', async () => {
    const ticket = await world.ticket()
    await world.sendRaw(ticket, `Auto-Submitted: no\r\nFrom: ${ticket.email}\r\n\r\nIt is me.\r\n`)
    await world.work()
    expect(await world.entries(ticket)).toMatchObject([{ text: 'It is me.' }])
  })

  it.each([
    [() => 'From: somebody@elsewhere.example'],
    [(email: string) => `From: ${email}, somebody@elsewhere.example`],
    [(email: string) => `From: "${email}" <somebody@elsewhere.example>`],
    [(email: string) => `From: ${email}\r\nFrom: somebody@elsewhere.example`],
    [() => 'Subject: nobody'],
  ])('is kept aside where it is from another address (%#)', async from => {
    await aside('other-address', ({ email }) => `${from(email)}\r\n\r\nI am Ada.\r\n`, 'somebody@elsewhere.example')
  })

  it('is theirs whatever case their address is in', async () => {
    const ticket = await world.ticket()
    await world.sendRaw(ticket, `From: ADA <${ticket.email.toUpperCase()}>\r\n\r\nHello\r\n`)
    await world.work()
    expect(await world.entries(ticket)).toHaveLength(1)
  })

  it('is kept aside where it says nothing', async () => {
    await aside('empty', ({ email }) => `From: ${email}\r\n\r\n \r\n`)
  })

  it('is kept aside where it has too many words', async () => {
    await aside('too-long', ({ email }) => `From: ${email}\r\n\r\n${'word\r\n'.repeat(20_000 / 4)}`)
  })

  it('is kept aside where it has come round', async () => {
    await aside('loop', ({ email }) => `${'Received: by a.example\r\n'.repeat(60)}From: ${email}\r\n\r\nx\r\n`)
    const ticket = await world.ticket()
    const { id: ticketId, carrierId, subscriberId } = ticket
    const ours = { ticketId, carrierId, subscriberId, kind: 'to_subscriber', language: 'en' } as const
    await transaction('every-carrier', tx =>
      tx.ticketEntry.create({ data: { ...ours, text: 'Hello', messageId: 'ours@homeward.example' } }),
    )
    await world.sendRaw(ticket, `Message-ID: <ours@homeward.example>\r\nFrom: ${ticket.email}\r\n\r\nHello\r\n`)
    await world.work()
    expect(await world.reasons(ticket)).toEqual(['loop'])
  })

  it('is tried three times where it ends whoever reads it, and then kept aside', async () => {
    const ticket = await world.ticket()
    await world.reply(ticket, 'Hello')
    const id = (await world.mails(ticket))[0]!.id
    // As reading it was begun three times, and never ended.
    await transaction('every-carrier', tx => tx.mailIn.update({ where: { id }, data: { tries: 3 } }))
    await world.work()
    expect(await world.reasons(ticket)).toEqual(['unreadable'])
  })

  it('is listed for nobody of another carrier', async () => {
    const ticket = await aside('empty', ({ email }) => `From: ${email}\r\n\r\n`)
    const other = { role: 'support_lead', staffId: ticket.id, carrierId: ticket.id, provedAt: null } as const
    expect(await listMailsAside(other)).toEqual([])
    expect((await listMailsAside(system('test'))).length).toBeGreaterThan(5)
  })
})

describe('a poison message', () => {
  it('is kept aside, and those before and behind it are entered', async () => {
    const ticket = await world.ticket()
    const part = (n: number): string =>
      n === 0
        ? '\r\nx\r\n'
        : `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n${part(n - 1)}--b${n}--\r\n`
    const poisons = [
      `From: ${ticket.email}\r\n${part(60)}`,
      `From: ${ticket.email}\r\n${'X-Much: of it\r\n'.repeat(5_000)}\r\nx\r\n`,
      `From: ${ticket.email}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(20_000)}`,
      `From: ${ticket.email}\r\nContent-Type: text/html\r\n\r\n${'<div>'.repeat(100_000)}`,
    ]
    await world.reply(ticket, 'The first')
    for (const poison of poisons) await world.sendRaw(ticket, poison)
    await world.reply(ticket, 'The last')
    expect(await world.work()).toBe(0)
    expect((await world.entries(ticket)).map(entry => entry.text)).toEqual(['The first', 'The last'])
    expect(await world.reasons(ticket)).toEqual([null, ...poisons.map(() => 'unreadable'), null])
    expect(await world.work()).toBe(0)
  }, 60_000)

  it('with NUL, wrong charsets and halves of characters is read as well as it can be', async () => {
    const ticket = await world.ticket()
    const head = `From: ${ticket.email}\r\nContent-Type: text/plain; charset=`
    const bodies = [
      'utf-8\r\n\r\nNul \0 here',
      'x-nobody-knows\r\n\r\nplain',
      'utf-8\r\n\r\n\xe9\xff\xfe',
      'utf-16\r\n\r\n\xd8\x00a',
    ]
    for (const body of bodies) await world.sendRaw(ticket, Buffer.from(head + body, 'latin1'))
    expect(await world.work()).toBe(0)
    expect(await world.reasons(ticket)).toEqual([null, null, null, null])
    expect((await world.entries(ticket))[0]?.text).toBe('Nul  here')
  })
})

describe('a mail bomb', () => {
  it('enters so many within the hour, keeps so many aside, and leaves the rest with the relay', async () => {
    const ticket = await world.ticket()
    let refused = 0
    for (let n = 0; n < 300; n++)
      await world.reply(ticket, `Bomb ${n}`).catch(error => {
        expect(error).toMatchObject({ responseCode: 452 })
        refused++
      })
    expect(await world.work()).toBe(0)
    expect(refused).toBe(300 - mailBounds.takenAnHour)
    const reasons = await world.reasons(ticket)
    expect(reasons.filter(reason => reason === null)).toHaveLength(mailBounds.enteredAnHour)
    expect(reasons.filter(reason => reason === 'too-many')).toHaveLength(
      mailBounds.takenAnHour - mailBounds.enteredAnHour,
    )
    expect(await world.entries(ticket)).toHaveLength(mailBounds.enteredAnHour)
    const other = await world.ticket()
    await world.reply(other, 'Not mine')
    await world.work()
    expect(await world.entries(other)).toHaveLength(1)
  }, 120_000)
})

describe('an answer of support’s', () => {
  it('names the address for answers, and what is written there comes into its ticket', async () => {
    const ticket = await world.ticket('open')
    const { id: staffId } = await addStaff(system('test'), {
      email: `${ticket.id}@staff.example`,
      name: 'Ann',
      role: 'support_agent',
      carrierSlug: 'harbor',
    })
    const agent = { role: 'support_agent', staffId, carrierId: ticket.carrierId, provedAt: new Date() } as const
    const { entryId } = await answerTicket(agent, {
      ticketId: ticket.id,
      text: 'Are they back?',
      entryKey: randomUUID(),
      after: 'wait',
    })
    const { id: messageId } = await reader('every-carrier').message.findFirstOrThrow({ where: { entryId } })
    const sent: MailMessage[] = []
    const mail = {
      send: async (message: MailMessage) => ({ id: String(sent.push(message)) }),
      close: async () => {},
    }
    await sendMail(
      { messageId },
      { ...world.services, mail, replyDomain: domain, signal: new AbortController().signal },
    )
    expect(sent).toMatchObject([{ to: ticket.email, replyTo: ticket.address }])
    expect(await world.row(ticket)).toMatchObject({ status: 'pending', askedSince: null })
    await world.reply({ ...ticket, address: sent[0]!.replyTo! }, 'They are.', { inReplyTo: sent[0]!.messageId })
    await world.sendRaw(ticket, `Message-ID: ${sent[0]!.messageId}\r\nFrom: ${ticket.email}\r\n\r\nAre they back?\r\n`)
    await world.work()
    expect((await world.entries(ticket)).map(entry => entry.text)).toEqual(['Are they back?', 'They are.'])
    expect(await world.reasons(ticket)).toEqual([null, 'loop'])
    expect(await world.row(ticket)).toMatchObject({ status: 'open', askedSince: expect.any(Date) })
  })
})
