import { randomBytes, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { reader, transaction } from '@/domain/transaction'
import { dismissMail } from '@/domain/triage/dismiss-mail'
import { sealFiles } from '@/domain/triage/keep-files'
import { letInMail } from '@/domain/triage/let-in-mail'
import { listMailsAside } from '@/domain/triage/list-mails-aside'
import { mailKey } from '@/domain/triage/mail-bounds'
import { openFile } from '@/domain/triage/open-file'
import { readMailAside } from '@/domain/triage/read-mail-aside'
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

/** Under the place's request id: a mail that was kept aside, with what it says. */
export async function withMailAside(world: MatrixWorld, place: Place): Promise<Place> {
  const asked = await questioned(world, place)
  const { ticketId, carrierId, subscriberId } = asked
  const aside = { status: 'aside', reason: 'other-address', settledAt: new Date(), mailKey: randomBytes(32) } as const
  const data = { ticketId, carrierId, subscriberId, ...aside, fromAddress: 'elsewhere@people.example' }
  const { id } = await transaction('every-carrier', tx => tx.mailIn.create({ data }))
  const writer = await world.services.sealed.write(mailKey(id))
  await writer.append(Buffer.from('From: elsewhere@people.example\r\nSubject: Hello\r\n\r\nHello\r\n'))
  await writer.finish()
  return { ...asked, requestId: id }
}

const referenceOf = async ({ ticketId: id }: Place): Promise<string> =>
  (await reader('every-carrier').ticket.findUnique({ where: { id } }))?.reference ?? 'HW-NONE-0000'

export const mailInCalls: Calls = {
  'triage/read-mail-aside.ts readMailAside': {
    verb: 'mail-aside.settle',
    about: 'subscriber',
    changes: true,
    prepare: withMailAside,
    call: ({ services: { sealed } }, actor, { requestId: mailId }) => readMailAside(actor, sealed, { mailId }),
  },
  'triage/let-in-mail.ts letInMail': {
    verb: 'mail-aside.settle',
    about: 'subscriber',
    changes: true,
    prepare: withMailAside,
    call: async ({ services: { sealed } }, actor, place) =>
      letInMail(actor, sealed, { mailId: place.requestId, reference: await referenceOf(place) }),
  },
  'triage/dismiss-mail.ts dismissMail': {
    verb: 'mail-aside.settle',
    about: 'subscriber',
    changes: true,
    prepare: withMailAside,
    call: (_, actor, { requestId: mailId }) => dismissMail(actor, { mailId, reason: 'unwanted' }),
  },
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
