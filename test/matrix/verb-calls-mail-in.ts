import { randomBytes, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { reader, transaction } from '@/domain/transaction'
import { listMailsAside } from '@/domain/triage/list-mails-aside'
import { receiveMail } from '@/domain/triage/receive-mail'
import { findMailRecipient, takeInMail } from '@/domain/triage/take-in-mail'
import type { Place } from '@/test/matrix/matrix-world'
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

export const mailInCalls: Calls = {
  'triage/list-mails-aside.ts listMailsAside': {
    verb: 'mail-aside.list',
    about: 'own list',
    prepare: mailsAside,
    call: (_, actor) => listMailsAside(actor),
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
