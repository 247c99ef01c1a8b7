import { mailFolder } from '@/app/_shell/mail'
import { listSentMail, readSentMail, type SentMail } from '@/gateways/sent-mail'

const shown = 100

/** The newest of the mail that the demonstration would have sent. */
export const recentMail = (): Promise<SentMail[]> => listSentMail({ folder: mailFolder(), limit: shown })

export const mailById = (id: string): Promise<SentMail | null> => readSentMail({ folder: mailFolder(), id })
