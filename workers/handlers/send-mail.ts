import { type LoadedMessage, loadMessage, noteSent } from '@/domain/notification/load-message'
import { MailNotSent } from '@/domain/notification/mail-gateway'
import { type RenderedMail, renderMail } from '@/messages/mail/render-mail'
import { type DeclinedBecause, type Need, needs } from '@/messages/mail/variables'
import type { Handle, Services } from '@/workers/handler'

/**
 * Sends one message. Killed between sending and noting it, it is sent again under the same Message-ID: two copies of a mail
 * are better than none.
 */
export const handle: Handle<{ messageId: string }> = async ({ messageId }, services) => {
  const message = await loadMessage(messageId)
  if (!message) return undefined
  const { subject, text, html } = await render(message, services)
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
  await noteSent(message)
  return undefined
}

function render(message: LoadedMessage, { publicUrl, timeZone }: Services): Promise<RenderedMail> {
  const { language, reference, name, carrier } = message
  const url = `${publicUrl}/account/restores/${message.requestId}`
  const advice = message.advice.map(({ version, publishedAt, does, doNots }) => {
    return { version, publishedAt, does: does[language], doNots: doNots[language] }
  })
  const about = { name, carrier, reference, url, helpUrl: `${publicUrl}/${language}`, timeZone, advice }
  switch (message.template) {
    case 'filed': {
      const asked = message.categories.map(({ category, found }) => ({ category, count: found }))
      return renderMail('filed', language, { ...about, filedAt: message.filedAt, asked })
    }
    case 'approved':
      return renderMail('approved', language, about)
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
    case 'undone':
      return renderMail('undone', language, { ...about, ...message.undone })
  }
}

function needOf({ waitReason }: LoadedMessage): Need {
  return needs.find(need => need === waitReason) ?? 'other'
}
