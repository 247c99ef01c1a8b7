import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MailRecipient } from '@/domain/triage/mail-desk'
import { listenForMail, type MailIn } from '@/gateways/mail-in/listener'
import { until } from '@/test/workers/work-place'

const recipient: MailRecipient = { ticketId: 't', carrierId: 'c', subscriberId: 's' }
const size = 100_000

let listener: MailIn
let taken: { emptySender: boolean; text: string }[]
let broken: string[]
let troubles: string[]
let fault: Error | null
const clients: Socket[] = []

beforeEach(async () => {
  ;[taken, broken, troubles, fault] = [[], [], [], null]
  listener = await listenForMail({
    host: '127.0.0.1',
    port: 0,
    size,
    connections: 3,
    timeoutMs: 1_000,
    onTrouble: error => troubles.push(error.message),
    desk: {
      async recipientOf(address) {
        if (address.startsWith('busy')) return 'later'
        if (address.startsWith('fault')) throw new Error('the database of secret.example is gone')
        return address === 'ada@replies.example' ? recipient : null
      },
      async take(of, { emptySender, content }) {
        expect(of).toEqual(recipient)
        const chunks: Uint8Array[] = []
        try {
          for await (const chunk of content) chunks.push(chunk)
        } catch (error) {
          broken.push(String(error))
          throw error
        }
        if (fault) throw fault
        taken.push({ emptySender, text: Buffer.concat(chunks).toString() })
      },
    },
  })
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy()
  await listener.close()
})

/** Says lines one after the other, each once the answer to the one before has come; answers what the server said. */
class Client {
  private heard = ''
  private constructor(readonly socket: Socket) {
    socket.on('data', chunk => {
      this.heard += chunk
    })
  }

  static async open(): Promise<Client> {
    const socket = connect(listener.port, '127.0.0.1')
    clients.push(socket)
    socket.on('error', () => {})
    await once(socket, 'connect')
    return new Client(socket)
  }

  async answer(): Promise<string> {
    await until(() => /^\d{3} .*\r\n/m.test(this.heard))
    const said = this.heard
    this.heard = ''
    return said.trim()
  }

  say(line: string): Promise<string> {
    this.socket.write(`${line}\r\n`)
    return this.answer()
  }

  /** As far as DATA. */
  async begin(from = 'MAIL FROM:<ada@people.example>'): Promise<void> {
    expect(await this.answer()).toMatch(/^220 /)
    await this.say('EHLO relay.example')
    expect(await this.say(from)).toMatch(/^250 /)
    expect(await this.say('RCPT TO:<ada@replies.example>')).toMatch(/^250 /)
    expect(await this.say('DATA')).toMatch(/^354 /)
  }
}

describe('the listener for mail', () => {
  it('hands a mail to the desk as it came, dots and all', async () => {
    const client = await Client.open()
    await client.begin()
    expect(await client.say('Subject: Hello\r\n\r\n..one\r\ntwo\r\n.')).toMatch(/^250 /)
    expect(taken).toEqual([{ emptySender: false, text: 'Subject: Hello\r\n\r\n.one\r\ntwo\r\n' }])
  })

  it('says who sent nothing', async () => {
    const client = await Client.open()
    await client.begin('MAIL FROM:<>')
    await client.say('Subject: Away\r\n\r\n.')
    expect(taken).toMatchObject([{ emptySender: true }])
  })

  it('passes nothing on to anybody else', async () => {
    const client = await Client.open()
    await client.answer()
    await client.say('EHLO relay.example')
    await client.say('MAIL FROM:<ada@people.example>')
    expect(await client.say('RCPT TO:<somebody@elsewhere.example>')).toMatch(/^550 /)
    expect(await client.say('RCPT TO:<bob@replies.example>')).toMatch(/^550 /)
    expect(await client.say('RCPT TO:<busy@replies.example>')).toMatch(/^452 /)
    expect(await client.say('DATA')).toMatch(/^503 /)
    expect(taken).toEqual([])
  })

  it('lets nobody sign in, and takes one recipient at a time', async () => {
    const client = await Client.open()
    await client.answer()
    expect(await client.say('EHLO relay.example')).not.toMatch(/AUTH|STARTTLS/)
    expect(await client.say('AUTH PLAIN AGFkYQBzZWNyZXQ=')).toMatch(/^5/)
    await client.say('MAIL FROM:<ada@people.example>')
    await client.say('RCPT TO:<ada@replies.example>')
    expect(await client.say('RCPT TO:<bob@replies.example>')).toMatch(/^452 /)
  })

  it('refuses what says that it is too large, and what turns out to be, and goes on', async () => {
    const client = await Client.open()
    await client.answer()
    expect(await client.say('EHLO relay.example')).toContain(`SIZE ${size}`)
    expect(await client.say(`MAIL FROM:<ada@people.example> SIZE=${size + 1}`)).toMatch(/^552 /)
    await client.say('MAIL FROM:<ada@people.example>')
    await client.say('RCPT TO:<ada@replies.example>')
    await client.say('DATA')
    expect(await client.say(`${`${'x'.repeat(78)}\r\n`.repeat(640_000)}.`)).toMatch(/^552 /)
    expect(broken).toEqual([expect.stringContaining('larger')])
    await client.say('MAIL FROM:<ada@people.example>')
    await client.say('RCPT TO:<ada@replies.example>')
    await client.say('DATA')
    expect(await client.say('Subject: Small\r\n\r\n.')).toMatch(/^250 /)
    expect(taken).toHaveLength(1)
    expect(troubles).toEqual([])
  }, 60_000)

  it('takes nothing of a mail whose relay hangs up, and calls it no trouble', async () => {
    const client = await Client.open()
    await client.begin()
    client.socket.write('Subject: Half\r\n\r\nof it')
    client.socket.destroy()
    await until(() => broken.length === 1)
    expect(taken).toEqual([])
    expect(troubles).toEqual([])
  })

  it('says of its own faults nothing but that the relay keeps the mail', async () => {
    fault = new Error('the disk of secret.example is full')
    const client = await Client.open()
    await client.begin()
    expect(await client.say('Subject: Hello\r\n\r\n.')).toBe('451 4.3.0 Try again later')
    await client.say('MAIL FROM:<ada@people.example>')
    expect(await client.say('RCPT TO:<fault@replies.example>')).toBe('451 4.3.0 Try again later')
    expect(troubles).toHaveLength(2)
  })

  it('takes only so many connections at once', async () => {
    const open = await Promise.all([1, 2, 3].map(() => Client.open()))
    for (const client of open) expect(await client.answer()).toMatch(/^220 /)
    const more = await Client.open()
    expect(await more.answer()).toMatch(/^421 /)
    open[0]!.socket.destroy()
    await until(async () => (await (await Client.open()).answer()).startsWith('220 '))
  })

  it('waits for nobody who says nothing', async () => {
    const client = await Client.open()
    await client.begin()
    client.socket.write('Subject: ')
    await once(client.socket, 'close')
    expect(taken).toEqual([])
  })

  it('does not listen where somebody does', async () => {
    const again = { host: '127.0.0.1', port: listener.port, size, desk: {} as never, onTrouble: () => {} }
    await expect(listenForMail(again)).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})
