import { freezeToken } from '@/domain/identity/freeze-token'
import { isGuardMail } from '@/domain/notification/add-message'
import { loadAnswer } from '@/domain/notification/load-answer'
import { type LoadedMessage, loadMessage, noteSent } from '@/domain/notification/load-message'
import { loadResolved } from '@/domain/notification/load-resolved'
import { loadTold, noteTold, type ToldMessage } from '@/domain/notification/load-told'
import { MailNotSent } from '@/domain/notification/mail-gateway'
import { type RenderedMail, renderMail } from '@/messages/mail/render-mail'
import { type DeclinedBecause, type Need, needs } from '@/messages/mail/variables'
import type { Handle, HandlerResult, Services } from '@/workers/handler'
import { sendAnswer, sendResolved } from '@/workers/handlers/answer-mail'

/**
 * Sends one message. Killed between sending and noting it, it is sent again under the same Message-ID: two copies of a mail
 * are better than none.
 */
export const handle: Handle<{ messageId: string }> = async ({ messageId }, services) => {
  const answer = await loadAnswer(messageId)
  if (answer) return sendAnswer(answer, services)
  const resolved = await loadResolved(messageId)
  if (resolved) return sendResolved(resolved, services)
  const message = await loadMessage(messageId)
  if (!message) return sendGuardMail(messageId, services)
  const failed = await send(message, await render(message, services), services)
  if (failed) return failed
  await noteSent(message)
  return undefined
}

/** What is about no request. */
async function sendGuardMail(messageId: string, services: Services): Promise<HandlerResult> {
  const told = await loadTold(services.secrets, messageId)
  if (told === null || !isGuardMail(told.template)) return undefined
  const { name, carrier, language, at, template: what, reference } = told
  const { publicUrl, timeZone } = services
  const about = {
    name,
    carrier,
    what,
    reference: what === 'opened-for' ? reference : null,
    at,
    timeZone,
    helpUrl: `${publicUrl}/${language}`,
  }
  const urls = { url: `${publicUrl}/account/security`, freezeUrl: freezeUrl(publicUrl, told.freezeToken) }
  const failed = await send(told, await renderMail('guard', language, { ...about, ...urls }), services)
  if (failed) return failed
  await noteTold(told.id)
  return undefined
}

const freezeUrl = (publicUrl: string, token: string): string => `${publicUrl}/this-was-not-me?token=${token}`

async function send(
  message: LoadedMessage | ToldMessage,
  { subject, text, html }: RenderedMail,
  services: Services,
): Promise<HandlerResult> {
  const host = new URL(services.publicUrl).hostname
  try {
    await services.mail.send({
      to: message.to,
      from: services.mailFrom,
      subject,
      text,
      html,
      messageId: `<${message.id}@${host}>`,
    })
  } catch (error) {
    if (error instanceof MailNotSent && error.permanent) return { failed: { code: 'mail-refused', retryAt: null } }
    throw error
  }
  return undefined
}

function render(message: LoadedMessage, { publicUrl, timeZone, secrets }: Services): Promise<RenderedMail> {
  const { language, reference, name, carrier } = message
  const url = `${publicUrl}/account/restores/${message.requestId}`
  const advice = message.advice.map(({ version, publishedAt, does, doNots }) => {
    return { version, publishedAt, does: does[language], doNots: doNots[language] }
  })
  const stop = freezeUrl(publicUrl, freezeToken(secrets, message.subscriberId))
  const about = {
    name,
    carrier,
    reference,
    url,
    freezeUrl: stop,
    helpUrl: `${publicUrl}/${language}`,
    timeZone,
    advice,
  }
  switch (message.template) {
    case 'filed': {
      const asked = message.categories.map(({ category, found }) => ({ category, count: found }))
      return renderMail('filed', language, { ...about, filedAt: message.filedAt, asked })
    }
    case 'filed-for': {
      const asked = message.categories.map(({ category, found }) => ({ category, count: found }))
      return renderMail('filed-for', language, { ...about, filedAt: message.filedAt, asked })
    }
    case 'split': {
      const moved = message.categories.map(({ category, found }) => ({ category, count: found }))
      return renderMail('split', language, { ...about, whole: message.splitFrom ?? '', moved })
    }
    case 'approved':
      return renderMail('approved', language, { ...about, byRule: message.byRule })
    case 'started':
      return renderMail('started', language, about)
    case 'declined':
      return renderMail('declined', language, {
        ...about,
        because: (message.declineReason ?? 'other') as DeclinedBecause,
      })
    case 'needs-you':
      return renderMail('needs-you', language, { ...about, need: needOf(message) })
    case 'finished':
      return renderMail('finished', language, {
        ...about,
        categories: message.categories,
        undoUntil: message.undoUntil,
      })
    case 'asked-after':
      return renderMail('asked-after', language, { ...about, url: `${url}#after` })
    case 'undone':
      return renderMail('undone', language, { ...about, ...message.undone })
  }
}

function needOf({ waitReason }: LoadedMessage): Need {
  return needs.find(need => need === waitReason) ?? 'other'
}
