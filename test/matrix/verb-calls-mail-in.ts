import { randomBytes, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { reader, transaction } from '@/domain/transaction'
import { sealFiles } from '@/domain/triage/keep-files'
import { listMailsAside } from '@/domain/triage/list-mails-aside'
import { openFile } from '@/domain/triage/open-file'
import { receiveMail } from '@/domain/triage/receive-mail'
import { findMailRecipient, takeInMail } from '@/domain/triage/take-in-mail'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'
import { firstEntry, questioned } from '@/test/matrix/verb-calls-conversation'
import type { Calls } from '@/test/matrix/verb-entry'
import type { VerbWorld } from '@/test/matrix/verb-world'

const ticketOf = ({ requestId }: Place) => reader('every-carrier').ticket.findUniqueOrThrow({ where: { requestId } })

async function mailFor(place: Place) {
  const { id: ticketId, carrierId, subscriberId } = await ticketOf(place)
  const content = Readable.from([Buffer.from('Subject: Hello\r\n\r\nHello')])
  return { ticketId, carrierId, subscriberId, emptySender: false, content }
}

async function mailsAside({ places }: VerbWorld): Promise<void> {
  for (const place of Object.values(places)) {
    const { id: ticketId, carrierId, subscriberId } = await ticketOf(place)
    const aside = { status: 'aside', reason: 'empty', settledAt: new Date(), mailKey: randomBytes(32) } as const
    const data = { ticketId, carrierId, subscriberId, ...aside }
    await transaction('every-carrier', tx => tx.mailIn.create({ data }))
  }
}

/** Under the place's ticket id: the ticket of a question with a file, which stands under the request's. */
export async function withFile(world: MatrixWorld, place: Place): Promise<Place> {
  const asked = await questioned(world, place)
  const { ticketId, carrierId, subscriberId } = asked
  const entryId = await firstEntry(ticketId)
  const file = { name: 'notes.txt', size: 5, mediaType: 'text/plain', ordinal: 0 }
  const data = { ticketId, carrierId, subscriberId, entryId, ...file }
  const { id } = await transaction('every-carrier', tx => tx.ticketFile.create({ data }))
  await sealFiles(world.services.sealed, entryId, [{ name: file.name, bytes: Buffer.from('notes') }])
  return { ...asked, requestId: id }
}

export const mailInCalls: Calls = {
  'triage/list-mails-aside.ts listMailsAside': {
    verb: 'mail-aside.list',
    about: 'own list',
    changes: true,
    prepare: mailsAside,
    call: (_, actor) => listMailsAside(actor),
  },
  'triage/open-file.ts openFile': {
    verb: 'ticket.read',
    about: 'subscriber',
    changes: true,
    prepare: withFile,
    call: ({ services: { sealed } }, actor, { ticketId, requestId: fileId }) =>
      openFile(actor, sealed, { ticketId, fileId }),
  },
  'triage/take-in-mail.ts findMailRecipient': {
    verb: 'mail.receive',
    about: 'all',
    call: ({ services }, actor) =>
      findMailRecipient(actor, services.secrets, { domain: 'replies.example', address: 'nobody' }),
  },
  'triage/take-in-mail.ts takeInMail': {
    verb: 'mail.receive',
    about: 'all',
    changes: true,
    call: async ({ services, places }, actor) => takeInMail(actor, services.sealed, await mailFor(places.own)),
  },
  'triage/receive-mail.ts receiveMail': {
    verb: 'mail.receive',
    about: 'all',
    call: ({ services }, actor) => receiveMail(actor, services.sealed, { mailId: randomUUID() }),
  },
}
