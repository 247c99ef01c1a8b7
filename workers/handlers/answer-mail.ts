import { keepMessageId, type LoadedAnswer } from '@/domain/notification/load-answer'
import { noteTold } from '@/domain/notification/load-told'
import { MailNotSent } from '@/domain/notification/mail-gateway'
import { threadHeaders } from '@/domain/notification/thread-headers'
import { replyAddress } from '@/domain/triage/reply-address'
import { renderMail } from '@/messages/mail/render-mail'
import { translator } from '@/messages/translate'
import type { HandlerResult, Services } from '@/workers/handler'

/**
 * Sends what support wrote in a ticket, in its thread. Its Message-ID is kept before it goes out: killed in between, it is sent
 * again under the same.
 */
export async function sendAnswer(answer: LoadedAnswer, services: Services): Promise<HandlerResult> {
  const { publicUrl, mail, mailFrom: from, secrets, replyDomain } = services
  const messageId = answer.messageId ?? `${answer.entryId}@${new URL(publicUrl).hostname}`
  await keepMessageId(answer.entryId, messageId)
  const rendered = await render(answer, services)
  const headers = threadHeaders(answer.thread)
  const replyTo = replyDomain && replyAddress(secrets, replyDomain, answer.ticketId)
  const answers = replyTo === null ? {} : { replyTo }
  try {
    await mail.send({ to: answer.to, from, ...answers, ...rendered, messageId: `<${messageId}>`, headers })
  } catch (error) {
    if (error instanceof MailNotSent && error.permanent) return { failed: { code: 'mail-refused', retryAt: null } }
    throw error
  }
  await noteTold(answer.id)
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
