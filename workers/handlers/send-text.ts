import { loadTold, noteTold } from '@/domain/notification/load-told'
import { SmsNotSent } from '@/domain/notification/sms-gateway'
import { translator } from '@/messages/translate'
import type { Handle } from '@/workers/handler'

/** Tells a subscriber's telephone what happened. Where nobody sends text messages, or the number takes none, the mail tells. */
export const handle: Handle<{ messageId: string }> = async ({ messageId }, { sms, secrets, publicUrl }) => {
  const told = await loadTold(secrets, messageId)
  if (told === null || sms === null) return undefined
  const { template, language, carrier, reference, splitFrom, to, id } = told
  const url = `${publicUrl}/this-was-not-me?token=${told.freezeToken}`
  const t = translator(language)
  const what = t(`identity.texts.${template}`, { reference: reference ?? '', whole: splitFrom ?? '' })
  try {
    await sms.send({ to, text: t('identity.text', { carrier, what, url }), idempotencyKey: `told-${id}` })
  } catch (error) {
    if (error instanceof SmsNotSent && error.permanent) return undefined
    throw error
  }
  await noteTold(id)
  return undefined
}
