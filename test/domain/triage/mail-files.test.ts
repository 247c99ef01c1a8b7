import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eraseArchives } from '@/domain/retention/erase-archives'
import { reader, transaction } from '@/domain/transaction'
import { openFile } from '@/domain/triage/open-file'
import { readEntries } from '@/domain/triage/read-entries'
import { removeEntry } from '@/domain/triage/remove-entry'
import { type MailTicket, MailWorld } from '@/test/domain/triage/mail-world'
import { handle as forget } from '@/workers/handlers/forget-files'
import { handle as receive } from '@/workers/handlers/receive-mail'

let world: MailWorld
beforeAll(async () => {
  world = await MailWorld.begin()
}, 120_000)
afterAll(() => world?.end())

const words = Buffer.from('What is missing: everything.')
const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(300)])
const signal = () => new AbortController().signal
const own = ({ carrierId, subscriberId }: MailTicket) =>
  ({ role: 'subscriber', carrierId, subscriberId, provedAt: null }) as const
const lead = ({ carrierId }: MailTicket) =>
  ({ role: 'support_lead', staffId: randomUUID(), carrierId, provedAt: new Date() }) as const
const lies = (fileId: string) => existsSync(path.join(world.restores.folder, 'snapshots', 'files', `${fileId}.sealed`))
const filesOf = async (ticket: MailTicket) =>
  (await readEntries(own(ticket), { ticketId: ticket.id })).entries.flatMap(entry => entry.files)

async function bytesOf(ticket: MailTicket, fileId: string): Promise<string> {
  const { bytes } = await openFile(own(ticket), world.services.sealed, { ticketId: ticket.id, fileId })
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts).toString()
}

describe('files of a mail', () => {
  it('are kept by what is in them, and of the others it is said why not', async () => {
    const ticket = await world.ticket()
    const attachments = [
      { filename: '../../list.txt', content: words },
      { filename: 'photo.jpg', content: program },
      { filename: 'empty.txt', content: '' },
      { filename: 'large.txt', content: Buffer.alloc(11 * 1024 * 1024, 'x') },
      ...Array.from({ length: 11 }, (_, n) => ({ filename: `${n}.txt`, content: `number ${n}` })),
    ]
    await world.reply(ticket, 'See there.', { attachments })
    expect(await world.work()).toBe(0)
    const files = await filesOf(ticket)
    expect(files.map(({ name, refused }) => [name, refused])).toEqual([
      ['list.txt', null],
      ['photo.jpg', 'kind'],
      ['empty.txt', 'empty'],
      ['large.txt', 'size'],
      ...Array.from({ length: 11 }, (_, n) => [`${n}.txt`, n < 9 ? null : 'count']),
    ])
    expect(await bytesOf(ticket, files[0]!.id)).toBe(words.toString())
    await expect(bytesOf(ticket, files[1]!.id)).rejects.toMatchObject({ code: 'not-found' })
    const stranger = own(await world.ticket())
    const wish = { ticketId: ticket.id, fileId: files[0]!.id }
    await expect(openFile(stranger, world.services.sealed, wish)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('alone are an entry without words', async () => {
    const ticket = await world.ticket()
    await world.reply(ticket, '', { attachments: [{ filename: 'a.txt', content: words }] })
    await world.work()
    expect(await world.entries(ticket)).toMatchObject([{ text: '' }])
    expect(await filesOf(ticket)).toHaveLength(1)
  })

  it('are kept in the end although the worker was killed before it had them all', async () => {
    const ticket = await world.ticket()
    await world.reply(ticket, 'See there.', { attachments: [{ filename: 'a.txt', content: words }] })
    const mailId = (await world.mails(ticket))[0]!.id
    const { sealed } = world.services
    const full = {
      ...sealed,
      write: async () => {
        throw new Error('The disk is full.')
      },
    }
    await expect(receive({ mailId }, { ...world.services, sealed: full, signal: signal() })).rejects.toThrow('full')
    expect(await world.entries(ticket)).toHaveLength(1)
    const [file] = await filesOf(ticket)
    await expect(bytesOf(ticket, file!.id)).rejects.toMatchObject({ code: 'not-found' })
    await world.work()
    expect(await bytesOf(ticket, file!.id)).toBe(words.toString())
    expect(await world.entries(ticket)).toHaveLength(1)
    expect(await sealed.exists(`mails/${mailId}`)).toBe(false)
  })

  it('go with their entry', async () => {
    const ticket = await world.ticket()
    await world.reply(ticket, 'See there.', { attachments: [{ filename: 'a.txt', content: words }] })
    await world.work()
    const [file] = await filesOf(ticket)
    const entryId = (await world.entries(ticket))[0]!.id
    await forget({ entryId }, { ...world.services, signal: signal() })
    expect(lies(file!.id)).toBe(true)
    await removeEntry(lead(ticket), { ticketId: ticket.id, entryId, reason: 'personal-data' })
    expect(await filesOf(ticket)).toEqual([])
    await expect(bytesOf(ticket, file!.id)).rejects.toMatchObject({ code: 'not-found' })
    const task = await reader('every-carrier').task.findFirstOrThrow({ where: { job: 'forget-files' } })
    await forget(task.payload as { entryId: string }, { ...world.services, signal: signal() })
    expect(lies(file!.id)).toBe(false)
    expect(await reader('every-carrier').ticketFile.count({ where: { entryId } })).toBe(0)
  })

  it('go with their subscriber, and so does mail that was kept aside', async () => {
    const ticket = await world.ticket()
    await world.reply(ticket, 'See there.', { attachments: [{ filename: 'a.txt', content: words }] })
    await world.sendRaw(ticket, `From: ${ticket.email}\r\nPrecedence: bulk\r\n\r\nx\r\n`)
    await world.work()
    const [file] = await filesOf(ticket)
    expect(await eraseArchives(world.services.sealed, ticket.subscriberId)).toBe(2)
    expect(lies(file!.id)).toBe(false)
    await transaction('every-carrier', tx => tx.ticketFile.deleteMany({ where: { ticketId: ticket.id } }))
  })
})
