import path from 'node:path'
import { settings } from '@/app/_shell/settings'
import type { MailGateway } from '@/domain/notification/mail-gateway'
import { folderMail, smtpMail } from '@/gateways/mail'

const place = globalThis as typeof globalThis & { homewardMail?: MailGateway }

/** Where mail lies while none is sent: in the demonstration and in development. */
export const mailFolder = (): string => path.join(settings().dataDirectory, 'mail')

/** The one mail gateway of this process. */
export function mail(): MailGateway {
  const { smtpUrl } = settings()
  place.homewardMail ??= smtpUrl === null ? folderMail({ folder: mailFolder() }) : smtpMail({ url: smtpUrl })
  return place.homewardMail
}
