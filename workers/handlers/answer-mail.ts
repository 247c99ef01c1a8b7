import { keepMessageId, type LoadedAnswer } from '@/domain/notification/load-answer'
import type { LoadedResolved } from '@/domain/notification/load-resolved'
import { noteTold } from '@/domain/notification/load-told'
import { MailNotSent } from '@/domain/notification/mail-gateway'
import { threadHeaders } from '@/domain/notification/thread-headers'
import { replyAddress } from '@/domain/triage/reply-address'
import { type RenderedMail, renderMail } from '@/messages/mail/render-mail'
import { sentenceFor, translator } from '@/messages/translate'
import type { HandlerResult, Services } from '@/workers/handler'

/**
 * Sends what support wrote in a ticket, in its thread. Its Message-ID is kept before it goes out: killed in between, it is sent
 * again under the same.
 */
export async function sendAnswer(answer: LoadedAnswer, services: Services): Promise<HandlerResult> {
  const { publicUrl } = services
  const messageId = answer.messageId ?? `${answer.entryId}@${new URL(publicUrl).hostname}`
  await keepMessageId(answer.entryId, messageId)
  const rendered = await render(answer, services)
  return sendInThread({ ...answer, messageId }, rendered, services)
}

/** Says that a ticket was resolved, in its thread: a reply opens it again. */
export async function sendResolved(resolved: LoadedResolved, services: Services): Promise<HandlerResult> {
  const { publicUrl, timeZone, replyDomain } = services
  const { id, language, name, carrier, reference, reason, ticketId, rates } = resolved
  const rendered = await renderMail('resolved', language, {
    ...{ name, carrier, reference, timeZone, rates },
    why: sentenceFor(language, 'conversation.resolved', reason ?? ''),
    byMail: replyDomain !== null,
    url: `${publicUrl}/account/questions/${ticketId}`,
    helpUrl: `${publicUrl}/${language}`,
  })
  return sendInThread({ ...resolved, messageId: `${id}@${new URL(publicUrl).hostname}` }, rendered, services)
}

async function sendInThread(
  {
    id,
    to,
    ticketId,
    thread,
    messageId,
  }: Pick<LoadedResolved, 'id' | 'to' | 'ticketId' | 'thread'> & { messageId: string },
  rendered: RenderedMail,
  { mail, mailFrom: from, secrets, replyDomain }: Services,
): Promise<HandlerResult> {
  const headers = threadHeaders(thread)
  const replyTo = replyDomain && replyAddress(secrets, replyDomain, ticketId)
  const answers = replyTo === null ? {} : { replyTo }
  try {
    await mail.send({ to, from, ...answers, ...rendered, messageId: `<${messageId}>`, headers })
  } catch (error) {
    if (error instanceof MailNotSent && error.permanent) return { failed: { code: 'mail-refused', retryAt: null } }
    throw error
  }
  await noteTold(id)
  return undefined
}

function render(answer: LoadedAnswer, { publicUrl, timeZone }: Services) {
  const { language, name, carrier, reference, text, template, ticketId, rates } = answer
  return renderMail('answer', language, {
    ...{ name, carrier, reference, text, timeZone, rates },
    asks: template === 'asked',
    writer: writerOf(answer),
    url: `${publicUrl}/account/questions/${ticketId}`,
    helpUrl: `${publicUrl}/${language}`,
  })
}

function writerOf({ writer, language, carrier }: LoadedAnswer): string {
  const t = translator(language)
  if (writer === null) return t('looks.own.by', { role: t('conversation.support'), carrier })
  const role = t(`signIn.roles.${writer.role}`)
  return t('looks.own.by', { role, carrier: writer.carrier ?? 'Homeward' })
}
