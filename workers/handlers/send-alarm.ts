import { type LoadedAlarm, loadAlarm, noteAlarmSent } from '@/domain/incident/load-alarm'
import { MailNotSent } from '@/domain/notification/mail-gateway'
import { renderMail } from '@/messages/mail/render-mail'
import { translator } from '@/messages/translate'
import type { Handle } from '@/workers/handler'

/** Tells one person of one overdue promise. Killed before it is noted, it is told again under the same Message-ID. */
export const handle: Handle<{ alarmId: string }> = async ({ alarmId }, services) => {
  const alarm = await loadAlarm(alarmId)
  if (!alarm) return undefined
  const { publicUrl, timeZone, mail, mailFrom: from } = services
  const { to, name, language, incidentId, incidentTitle, promise } = alarm
  const rendered = await renderMail('promise-overdue', language, {
    name,
    carrier: 'Homeward',
    helpUrl: `${publicUrl}/${language}`,
    timeZone,
    url: `${publicUrl}/admin/incidents/${incidentId}`,
    title: incidentTitle[language],
    promised: promisedInWords(alarm),
    dueAt: promise.dueAt,
  })
  try {
    await mail.send({ to, from, ...rendered, messageId: `<${alarm.id}@${new URL(publicUrl).hostname}>` })
  } catch (error) {
    if (error instanceof MailNotSent && error.permanent) return { failed: { code: 'mail-refused', retryAt: null } }
    throw error
  }
  await noteAlarmSent(alarm.id)
  return undefined
}

function promisedInWords({ language, promise: { kind, category, text } }: LoadedAlarm): string {
  const t = translator(language)
  if (kind !== 'next_update' && text) return text[language]
  if (category) return t('statusPage.promises.category', { category: t(`statusPage.category.${category}`) })
  return t('statusPage.promises.nextUpdate')
}
