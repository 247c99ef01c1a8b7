import { freezeToken } from '@/domain/identity/freeze-token'
import { numberOnFile } from '@/domain/identity/number-on-file'
import type { MailKind } from '@/domain/notification/add-message'
import type { Secrets } from '@/domain/subscriber/secrets'
import { reader } from '@/domain/transaction'
import type { Language } from '@/prisma/generated/enums'

/** One message to one address of a subscriber's: what happened, and the link by which they say that it was not them. */
export interface ToldMessage {
  id: string
  template: MailKind
  /** A mail address, or a number in E.164. */
  to: string
  language: Language
  name: string | null
  carrier: string
  /** Of the request or ticket that it is about; null: of none. */
  reference: string | null
  /** Of the request that it was a part of. */
  splitFrom: string | null
  at: Date
  freezeToken: string
}

/** Null where it was sent, or where the person has no such address. */
export async function loadTold(secrets: Secrets, messageId: string): Promise<ToldMessage | null> {
  const message = await reader('every-carrier').message.findUnique({ where: { id: messageId } })
  if (!message || message.sentAt) return null
  const { subscriberId, requestId, entryId, changeId, channel } = message
  const subscriber = await reader('every-carrier').subscriber.findUnique({
    where: { id: subscriberId },
    include: { carrier: true },
  })
  if (!subscriber) return null
  const to = channel === 'sms' ? numberOnFile(secrets, subscriber) : await mailAddress(subscriber.email, changeId)
  if (to === null) return null
  const about = requestId
    ? await reader('every-carrier').restoreRequest.findUnique({
        where: { id: requestId },
        include: { splitFrom: { select: { reference: true } } },
      })
    : entryId
      ? await reader('every-carrier').ticket.findFirst({ where: { entries: { some: { id: entryId } } } })
      : null
  return {
    id: message.id,
    template: message.template as MailKind,
    to,
    language: subscriber.language,
    name: subscriber.name,
    carrier: subscriber.carrier.name,
    reference: about?.reference ?? null,
    splitFrom: about && 'splitFrom' in about ? (about.splitFrom?.reference ?? null) : null,
    at: message.createdAt,
    freezeToken: freezeToken(secrets, subscriberId),
  }
}

/** The address on file, or the one that a change did away with. */
export async function mailAddress(onFile: string, changeId: string | null): Promise<string | null> {
  if (changeId === null) return onFile
  const change = await reader('every-carrier').factorChange.findUnique({ where: { id: changeId } })
  return change?.previous ?? null
}

export async function noteTold(messageId: string): Promise<void> {
  await reader('every-carrier').message.updateMany({
    where: { id: messageId, sentAt: null },
    data: { sentAt: new Date() },
  })
}
