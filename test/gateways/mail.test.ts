import { once } from 'node:events'
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type MailGateway, type MailMessage, MailNotSent } from '@/domain/notification/mail-gateway'
import { folderMail, smtpMail } from '@/gateways/mail'
import { findSentMail, listSentMail, readSentMail } from '@/gateways/sent-mail'
import { selfSignedCertificate } from '@/test/gateways/self-signed-certificate'
import { type SmtpTestServer, startSmtp } from '@/test/support/smtp'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

const message = {
  to: 'ana@example.com',
  from: 'Homeward <no-reply@homeward.example>',
  subject: 'Votre demande HW-1 est terminée\u202f!',
  text: 'Bonjour Ana,\n\n.une ligne qui commence par un point\nFrom ici\n',
  html: '<p lang="fr">Bonjour Ana, où es-tu\u202f?</p>',
  messageId: '<0192f0c1.sign-in@homeward.example>',
} satisfies MailMessage

const ends: (() => Promise<unknown>)[] = []
const opened = (mail: MailGateway) => {
  ends.push(() => mail.close())
  return mail
}
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** An SMTP server of one's own making, for what {@link startSmtp} never does. */
async function serve(options: SMTPServerOptions): Promise<number> {
  const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], ...options })
  server.on('error', () => undefined)
  const listener = server.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  ends.push(() => new Promise<void>(resolve => server.close(() => resolve())))
  return (listener.address() as AddressInfo).port
}
const taking: SMTPServerOptions = { onData: (stream, _, done) => void stream.resume().on('end', () => done()) }
const counting = (count: () => void) => (_: unknown, done: (error?: Error | null) => void) => {
  count()
  done()
}
const refusing = (code: number): Error => Object.assign(new Error('No.'), { responseCode: code })

const failure = async (sending: Promise<unknown>): Promise<MailNotSent> => {
  const error = await sending.then(
    () => null,
    error => error,
  )
  expect(error).toBeInstanceOf(MailNotSent)
  expect((error as Error).message).not.toMatch(/ana|example|hunter2|Bonjour/)
  return error as MailNotSent
}

describe('mail by SMTP', () => {
  let smtp: SmtpTestServer
  beforeEach(async () => {
    smtp = await startSmtp()
    ends.push(() => smtp.stop())
  })

  it('arrives as it was written, for one person, with its Message-ID', async () => {
    const mail = opened(smtpMail({ url: smtp.url }))
    expect(await mail.send(message)).toEqual({ id: message.messageId })
    await mail.send({ ...message, headers: { 'X-Homeward-Reference': 'HW-1' } })
    expect(smtp.messages).toHaveLength(2)
    const [first, second] = smtp.messages
    expect(first).toMatchObject({ from: 'no-reply@homeward.example', to: ['ana@example.com'] })
    expect(first?.mail).toMatchObject({ subject: message.subject, messageId: message.messageId })
    expect(first?.mail.from).toEqual({ name: 'Homeward', address: 'no-reply@homeward.example' })
    expect(first?.mail.text?.replaceAll('\r\n', '\n').trim()).toBe(message.text.trim())
    expect(first?.mail.html?.trim()).toBe(message.html)
    const header = (name: string) => second?.mail.headers.find(({ key }) => key === name)?.value
    expect(header('auto-submitted')).toBe('auto-generated')
    expect(header('x-homeward-reference')).toBe('HW-1')
    expect(header('x-mailer')).toBeUndefined()
  })

  it('keeps its connection for many', async () => {
    let connections = 0
    const port = await serve({ ...taking, onConnect: counting(() => connections++) })
    const mail = opened(smtpMail({ url: `smtp://127.0.0.1:${port}` }))
    await Promise.all(Array.from({ length: 40 }, () => mail.send(message)))
    expect(connections).toBeLessThanOrEqual(4)
  })

  it('refused for good says so, and later ones go through', async () => {
    const mail = opened(smtpMail({ url: smtp.url }))
    smtp.refuseWith({ code: 554, message: 'Not to ana@example.com' })
    expect((await failure(mail.send(message))).permanent).toBe(true)
    smtp.refuseWith({ code: 451, message: 'Later' })
    expect((await failure(mail.send(message))).permanent).toBe(false)
    smtp.refuseWith(null)
    await mail.send(message)
    expect(smtp.messages).toHaveLength(1)
  })

  it.each([
    ['an unknown recipient', true, { onRcptTo: (_, __, done) => done(refusing(550)) }],
    ['a recipient that may come back', false, { onRcptTo: (_, __, done) => done(refusing(450)) }],
    ['a sender that is not ours', false, { onMailFrom: (_, __, done) => done(refusing(550)) }],
    ['a server that takes nobody', false, { onConnect: (_, done) => done(refusing(554)) }],
    ['a server that wants a name', false, { authOptional: false, allowInsecureAuth: true }],
  ] satisfies [string, boolean, SMTPServerOptions][])('%s: for good is %s', async (_, permanent, options) => {
    const port = await serve({ ...taking, ...options })
    expect((await failure(opened(smtpMail({ url: `smtp://127.0.0.1:${port}` })).send(message))).permanent).toBe(
      permanent,
    )
  })

  it('gives a name and a password only to who is trusted; a wrong one is not the message’s fault', async () => {
    const given: string[] = []
    const port = await serve({
      ...taking,
      authOptional: false,
      allowInsecureAuth: true,
      onAuth({ username, password }, _, done) {
        given.push(`${username}:${password}`)
        done(password === 'hünter2' ? null : new Error('No.'), { user: username })
      },
    })
    const at = (secret: string) => opened(smtpMail({ url: `smtp://ho%40me:${secret}@127.0.0.1:${port}` }))
    await at('h%C3%BCnter2').send(message)
    expect(given).toEqual(['ho@me:hünter2'])
    expect((await failure(at('hunter2').send(message))).permanent).toBe(false)
  })

  it('does not wait for ever', async () => {
    const silent: Server = createServer(() => undefined)
    silent.listen(0, '127.0.0.1')
    await once(silent, 'listening')
    ends.push(() => new Promise<void>(resolve => silent.close(() => resolve())))
    const { port } = silent.address() as AddressInfo
    const mail = opened(smtpMail({ url: `smtp://127.0.0.1:${port}`, timeoutMs: 200 }))
    expect((await failure(mail.send(message))).permanent).toBe(false)
  })

  it('says that nobody answers', async () => {
    await smtp.stop()
    expect((await failure(opened(smtpMail({ url: smtp.url })).send(message))).permanent).toBe(false)
  })
})

describe('TLS', () => {
  const { key, cert } = selfSignedCertificate()

  it('is used where it is asked for, and needs a certificate that is trusted', async () => {
    for (const [scheme, options] of [
      ['smtps', { ...taking, secure: true, key, cert }],
      ['smtp', { ...taking, key, cert, disabledCommands: [] }],
    ] as const) {
      let secured = false
      const onMailFrom: SMTPServerOptions['onMailFrom'] = (_, session, done) => {
        secured = session.secure
        done()
      }
      const port = await serve({ ...options, disabledCommands: [], onMailFrom })
      const url = `${scheme}://127.0.0.1:${port}?tls=required`
      await opened(smtpMail({ url, ca: cert })).send(message)
      expect(secured).toBe(true)
      expect((await failure(opened(smtpMail({ url })).send(message))).permanent).toBe(false)
    }
  })

  it('asked for is not done without', async () => {
    let taken = 0
    const port = await serve({ ...taking, onMailFrom: (_, __, done) => counting(() => taken++)(null, done) })
    expect(
      (await failure(opened(smtpMail({ url: `smtp://127.0.0.1:${port}?tls=required` })).send(message))).permanent,
    ).toBe(false)
    expect(taken).toBe(0)
  })

  it.each(['', 'mail.example', 'http://mail.example', 'smtp://', 'smtp://mail.example?tls=maybe'])(
    'the address %j is refused',
    url => {
      expect(() => smtpMail({ url })).toThrow(RangeError)
    },
  )
})

describe('what could carry a second address or header', () => {
  const mail = folderMail({ folder: '/nonexistent/never-written' })

  it.each([
    'ana@example.com, bob@example.com',
    'Ana <ana@example.com>',
    'ana@example.com\r\nBcc: bob@example.com',
    'ana＠example.com',
    '',
  ])('is never sent to %j', async to => {
    expect((await failure(mail.send({ ...message, to }))).permanent).toBe(true)
  })

  it.each([
    { from: 'Homeward\r\nBcc: bob@example.com <no-reply@homeward.example>' },
    { from: 'a@example.com, b@example.com' },
    { from: '"Homeward" <no-reply@homeward.example>' },
    { from: 'Homeward <a@example.com> <b@example.com>' },
    { subject: 'Hello\r\nBcc: bob@example.com' },
    { subject: 'Hello\u2028Bcc: bob@example.com' },
    { messageId: 'no brackets' },
    { messageId: '<a@b>\r\nBcc: bob@example.com' },
    { headers: { Bcc: 'bob@example.com' } },
    { headers: { 'content-type': 'text/plain' } },
    { headers: { 'X-Ok: x\r\nBcc': 'bob@example.com' } },
    { headers: { 'X-Ok': 'x\r\nBcc: bob@example.com' } },
  ] satisfies Partial<MailMessage>[] as Partial<MailMessage>[])('is refused: %j', async change => {
    await expect(mail.send({ ...message, ...change })).rejects.toThrow(RangeError)
  })
})

describe('mail in a folder', () => {
  let folder: string
  let mail: MailGateway
  beforeEach(() => {
    const parent = temporaryFolder('mail')
    ends.push(async () => removeFolder(parent))
    folder = join(parent, 'mail')
    mail = opened(folderMail({ folder }))
  })

  it('is a whole .eml file that only its owner reads', async () => {
    const { id } = await mail.send(message)
    const parsed = await PostalMime.parse(await readFile(join(folder, `${id}.eml`)))
    expect(parsed).toMatchObject({ subject: message.subject, messageId: message.messageId })
    expect((await stat(join(folder, `${id}.eml`))).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual([`${id}.eml`])
  })

  it('is written once for each Message-ID', async () => {
    const sent = await Promise.all(Array.from({ length: 10 }, () => mail.send(message)))
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1)
    expect(await readdir(folder)).toHaveLength(1)
    await mail.send({ ...message, messageId: '<other@homeward.example>' })
    expect(await readdir(folder)).toHaveLength(2)
  })

  it('is listed newest first and read again', async () => {
    expect(await listSentMail({ folder, limit: 10 })).toEqual([])
    const ids: string[] = []
    for (let n = 0; n < 4; n++) {
      const { id } = await mail.send({ ...message, subject: `Mail ${n}`, messageId: `<${n}@homeward.example>` })
      await utimes(join(folder, `${id}.eml`), n, n)
      ids.push(id)
    }
    await writeFile(join(folder, 'notes.txt'), 'not a mail')
    const listed = await listSentMail({ folder, limit: 3 })
    expect(listed.map(({ subject }) => subject)).toEqual(['Mail 3', 'Mail 2', 'Mail 1'])
    expect(await readSentMail({ folder, id: ids[0]! })).toMatchObject({
      id: ids[0],
      to: 'ana@example.com',
      from: 'no-reply@homeward.example',
      subject: 'Mail 0',
      html: expect.stringContaining('où es-tu'),
    })
  })

  it('is found again under hundreds that were written since', async () => {
    const to = 'ben@example.com'
    await mail.send({ ...message, to, subject: 'The older', messageId: '<older@homeward.example>' })
    const { id } = await mail.send({ ...message, to, subject: 'The newer', messageId: '<newer@homeward.example>' })
    await utimes(join(folder, `${id}.eml`), new Date(), new Date(Date.now() + 1000))
    for (let n = 0; n < 300; n++) {
      const later = await mail.send({ ...message, messageId: `<${n}@homeward.example>` })
      await utimes(join(folder, `${later.id}.eml`), new Date(), new Date(Date.now() + 2000 + n))
    }
    expect(await findSentMail({ folder, isIt: one => one.to === to })).toMatchObject({ subject: 'The newer' })
    expect(await findSentMail({ folder, isIt: one => one.to === 'nobody@example.com' })).toBeNull()
  })

  it.each(['../../etc/passwd', '', 'x', 'f'.repeat(32)])('has no mail %j', async id => {
    await mail.send(message)
    expect(await readSentMail({ folder, id })).toBeNull()
  })

  it('that cannot be written to is a failure that may pass', async () => {
    await mkdir(join(folder, '..'), { recursive: true })
    await writeFile(folder, 'in the way')
    expect((await failure(mail.send(message))).permanent).toBe(false)
  })
})
