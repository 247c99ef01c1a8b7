import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SmtpSink, startSmtpSink } from '@/bench/smtp-sink'
import { type MailMessage, MailNotSent } from '@/domain/notification/mail-gateway'
import { type SmtpSettings, smtpMail } from '@/gateways/mail'

const ends: (() => Promise<unknown>)[] = []
let sink: SmtpSink
beforeEach(async () => {
  sink = await startSmtpSink()
  ends.push(() => sink.stop())
})
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const gateway = (settings: Partial<SmtpSettings> = {}) => {
  const mail = smtpMail({ url: sink.url, ...settings })
  ends.push(() => mail.close())
  return mail
}
const message = (n: number): MailMessage => ({
  to: `person-${n}@example.com`,
  from: 'no-reply@homeward.example',
  subject: 'News',
  text: '.\n..\n.',
  html: '<p>News</p>',
  messageId: `<${n}@homeward.example>`,
})
const send = (mail: ReturnType<typeof gateway>, from: number, count: number) =>
  Promise.all(Array.from({ length: count }, (_, i) => mail.send(message(from + i))))

describe('connections to a mail server', () => {
  it('are as many as were asked for, and each mail arrives once', async () => {
    await send(gateway({ connections: 3, messagesPerConnection: 1000 }), 0, 200)
    expect(sink.counts()).toMatchObject({ messages: 200, recipients: 200, duplicates: 0, connections: 3 })
  })

  it('are no more than the server takes, and nobody is told that there was one too many', async () => {
    sink.behave({ connections: 2, delayMs: 5 })
    const mail = gateway({ connections: 8, messagesPerConnection: 7 })
    await send(mail, 0, 60)
    expect(sink.counts()).toMatchObject({ messages: 60, recipients: 60, duplicates: 0 })
    sink.behave({ connections: 0 })
    const refused = gateway()
    await expect(refused.send(message(99))).rejects.toMatchObject({ permanent: false })
  })

  it('are left for others after so many messages', async () => {
    await send(gateway({ connections: 1, messagesPerConnection: 10 }), 0, 35)
    expect(sink.counts()).toMatchObject({ messages: 35, connections: 4, duplicates: 0 })
  })

  it('serve on after a recipient that is refused', async () => {
    const mail = gateway({ connections: 1 })
    sink.behave({ refused: ['person-1@example.com'] })
    const sent = await Promise.allSettled([0, 1, 2].map(n => mail.send(message(n))))
    expect(sent.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(sent[1]).toMatchObject({ reason: { permanent: true } })
    expect(sink.counts()).toMatchObject({ messages: 2, refused: 1, connections: 1 })
  })

  it('serve on after a message that is put off', async () => {
    const mail = gateway({ connections: 1 })
    sink.behave({ answer: '451 Later' })
    await expect(mail.send(message(0))).rejects.toMatchObject({ permanent: false })
    sink.behave({ answer: null })
    await mail.send(message(1))
    expect(sink.counts()).toMatchObject({ messages: 1, connections: 1 })
  })

  it('that the server ended meanwhile are made again', async () => {
    const mail = gateway({ connections: 2 })
    await send(mail, 0, 4)
    const { port } = new URL(sink.url)
    await sink.stop()
    sink = await startSmtpSink({}, Number(port))
    ends.push(() => sink.stop())
    await send(mail, 4, 4)
    expect(sink.counts()).toMatchObject({ messages: 4, recipients: 4 })
  })

  it('that the server ends unnoticed are made again for a message that had not begun', async () => {
    const mail = gateway({ connections: 1 })
    await mail.send(message(0))
    sink.hangUp()
    await mail.send(message(1))
    expect(sink.counts()).toMatchObject({ messages: 2, connections: 2, duplicates: 0 })
  })

  it('that break behind a message are not the place to send it again by itself', async () => {
    const mail = gateway({ connections: 1 })
    await mail.send(message(0))
    sink.behave({ delayMs: 60_000 })
    const sending = mail.send(message(1)).catch(error => error)
    while (sink.counts().waiting < 1) await new Promise(resolve => setTimeout(resolve, 5))
    sink.behave({ delayMs: 0 })
    sink.hangUp()
    expect(await sending).toMatchObject({ name: 'MailNotSent', permanent: false })
    expect(sink.counts()).toMatchObject({ messages: 1, connections: 1 })
  })

  it('that break in the middle fail what was under way, for now', async () => {
    const mail = gateway({ connections: 2 })
    sink.behave({ delayMs: 60_000 })
    const sending = Promise.allSettled([0, 1, 2, 3].map(n => mail.send(message(n))))
    while (sink.counts().waiting < 2) await new Promise(resolve => setTimeout(resolve, 5))
    await sink.stop()
    for (const one of await sending)
      expect(one).toMatchObject({ status: 'rejected', reason: { permanent: false, name: 'MailNotSent' } })
  })

  it('end what they have begun and send nothing that waits when the gateway is closed', async () => {
    const mail = gateway({ connections: 1 })
    await mail.send(message(0))
    sink.behave({ delayMs: 100 })
    const sending = Promise.allSettled([1, 2, 3].map(n => mail.send(message(n))))
    await mail.close()
    expect((await sending).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect(sink.counts().messages).toBe(2)
    await expect(mail.send(message(4))).rejects.toBeInstanceOf(MailNotSent)
  })
})

describe('the sink', () => {
  it('knows a mail that comes again, and counts by the second of the clock', async () => {
    const mail = gateway()
    await send(mail, 0, 5)
    await send(mail, 3, 4)
    const { messages, recipients, duplicates, perSecond, bytes } = sink.counts()
    expect({ messages, recipients, duplicates }).toEqual({ messages: 9, recipients: 7, duplicates: 2 })
    expect(Object.values(perSecond).reduce((a, b) => a + b)).toBe(9)
    expect(bytes).toBeGreaterThan(9 * 300)
  })
})
