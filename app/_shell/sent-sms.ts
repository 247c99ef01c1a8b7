import { channels } from '@/app/_shell/channels'
import { listSentSms, type SentSms } from '@/gateways/sent-sms'

const shown = 150

/** The newest of the text messages that the demonstration would have sent; null where a provider sends them, or nobody does. */
export async function recentSms(): Promise<SentSms[] | null> {
  const { smsFolder } = channels()
  return smsFolder === null ? null : listSentSms({ folder: smsFolder, limit: shown })
}
