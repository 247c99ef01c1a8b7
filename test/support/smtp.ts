import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** One message as it arrived: who it was for on the envelope, and what it says. */
export interface ReceivedMail {
  from: string
  to: string[]
  mail: Email
}

export interface SmtpTestServer {
  /** smtp://127.0.0.1:PORT */
  url: string
  messages: ReceivedMail[]
  /** Refuses every message with this answer until called again with null. */
  refuseWith(refusal: { code: number; message: string } | null): void
  stop(): Promise<void>
}

/** An SMTP server that takes everything and sends nothing on. */
export async function startSmtp(): Promise<SmtpTestServer> {
  const messages: ReceivedMail[] = []
  let refusal: { code: number; message: string } | null = null
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', chunk => chunks.push(chunk))
      stream.on('end', () => {
        if (refusal) {
          done(Object.assign(new Error(refusal.message), { responseCode: refusal.code }))
          return
        }
        const { mailFrom, rcptTo } = session.envelope
        PostalMime.parse(Buffer.concat(chunks)).then(mail => {
          messages.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), mail })
          done()
        }, done)
      })
    },
  })
  server.on('error', () => server.close())
  const listener = server.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return {
    url: `smtp://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    messages,
    refuseWith: next => {
      refusal = next
    },
    stop: () => new Promise(resolve => server.close(resolve)),
  }
}
