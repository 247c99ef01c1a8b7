import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { gatherSaid } from '@/domain/evidence/gather-said'
import { newReference } from '@/domain/restore/new-reference'
import { addStaff } from '@/domain/subscriber/add-staff'
import { reader, transaction } from '@/domain/transaction'
import { listMailsAside } from '@/domain/triage/list-mails-aside'
import { mergeTicket } from '@/domain/triage/merge-ticket'
import { unmergeTicket } from '@/domain/triage/unmerge-ticket'
import type { Agent } from '@/test/domain/decision/decision-world'
import { MailWorld } from '@/test/domain/triage/mail-world'

let world: MailWorld
beforeAll(async () => {
  world = await MailWorld.begin()
}, 120_000)
afterAll(() => world?.end())

const operator = { role: 'system', name: 'test' } as const

it('is entered, with its files, where the ticket goes on that it answers', async () => {
  const a = await world.ticket('open')
  const { carrierId, subscriberId } = a
  const one = { carrierId, subscriberId, reference: newReference(), waitsSince: new Date(0) }
  const { id: intoId } = await transaction('every-carrier', tx =>
    tx.ticket.create({ data: { ...one, status: 'pending', kind: 'other', subject: 'The same again' } }),
  )
  const email = `${randomUUID()}@staff.example`
  const asked = { email, name: 'Ann', role: 'support_agent', carrierSlug: null } as const
  const { id: staffId } = await addStaff(operator, asked)
  const ann: Agent = { role: 'support_agent', staffId, carrierId: null, provedAt: new Date() }
  await mergeTicket(ann, { ticketId: a.id, intoId })

  const attachments = [{ filename: 'list.txt', content: 'Grace\nAda\n' }]
  await world.reply(a, 'They are still missing.', { attachments })
  expect(await world.work()).toBe(0)
  const db = reader('every-carrier')
  const rows = await db.ticketEntry.findMany({ where: { ticketId: intoId, kind: 'from_subscriber' } })
  expect(rows.map(({ text }) => text)).toEqual(['They are still missing.'])
  expect(await db.ticketFile.findMany({ where: { ticketId: intoId } })).toMatchObject([
    { name: 'list.txt', entryId: rows[0]!.id, refused: null },
  ])
  expect(await world.row(a)).toMatchObject({ status: 'resolved', askedSince: null })
  expect(await db.ticket.findUniqueOrThrow({ where: { id: intoId } })).toMatchObject({ status: 'open' })
  expect(await world.mails(a)).toMatchObject([{ status: 'entered', entryId: rows[0]!.id }])
  expect(await listMailsAside(ann, { ticketId: a.id })).toEqual([])

  await unmergeTicket(ann, { ticketId: a.id })
  await world.reply(a, 'And here by itself.')
  await world.work()
  expect((await world.entries(a)).map(({ text }) => text)).toContain('And here by itself.')

  const { tickets } = await gatherSaid(db, { id: subscriberId, carrierId })
  expect(tickets.find(({ id }) => id === a.id)?.merges).toEqual([
    { id: expect.any(String), intoId, mergedAt: expect.any(Date), unmergedAt: expect.any(Date) },
  ])
})
