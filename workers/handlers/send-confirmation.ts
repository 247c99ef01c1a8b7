import { confirmHours } from '@/domain/notification/ask-subscription'
import { type Confirmation, loadConfirmation } from '@/domain/notification/load-confirmation'
import { MailNotSent } from '@/domain/notification/mail-gateway'
import { SmsNotSent } from '@/domain/notification/sms-gateway'
import { verifyWebhook } from '@/domain/notification/verify-webhook'
import { renderMail } from '@/messages/mail/render-mail'
import { translator } from '@/messages/translate'
import type { Handle, Services } from '@/workers/handler'

/** Asks whoever reads at an address whether they want our announcements. */
export const handle: Handle<{ subscriptionId: string }> = async ({ subscriptionId }, services) => {
  const now = services.now()
  const confirmation = await loadConfirmation(services.secrets, subscriptionId, now)
  if (confirmation === null) return undefined
  if (confirmation.channel === 'webhook') {
    const again = await verifyWebhook(services, subscriptionId, now)
    return again === null ? undefined : { again }
  }
  try {
    if (confirmation.channel === 'mail') await sendMail(confirmation, services)
    else await sendCode(confirmation, services)
  } catch (error) {
    // Nobody reads there: nothing of ours is left to do, and nothing is told to whoever asked.
    if ((error instanceof MailNotSent || error instanceof SmsNotSent) && error.permanent) return undefined
    throw error
  }
  return undefined
}

async function sendMail(
  { to, language, confirm, preferencesToken, key }: Extract<Confirmation, { channel: 'mail' }>,
  { mail, mailFrom, publicUrl, timeZone }: Services,
): Promise<void> {
  const url =
    confirm === null
      ? `${publicUrl}/${language}/subscribe/preferences?token=${preferencesToken}`
      : `${publicUrl}/${language}/subscribe/confirm?token=${confirm.token}`
  const rendered = await renderMail('confirm-subscription', language, {
    name: null,
    carrier: 'Homeward',
    url,
    hours: confirmHours,
    already: confirm === null,
    helpUrl: `${publicUrl}/${language}`,
    timeZone,
  })
  const messageId = `<${key}@${new URL(publicUrl).hostname}>`
  await mail.send({ to, from: mailFrom, ...rendered, messageId })
}

async function sendCode(
  { to, language, code, key }: Extract<Confirmation, { channel: 'sms' }>,
  { sms }: Services,
): Promise<void> {
  const text = translator(language)('subscribe.sms.code', { code })
  await sms?.send({ to, text, idempotencyKey: key })
}
