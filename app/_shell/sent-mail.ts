import { mailFolder } from '@/app/_shell/mail'
import { listSentMail, readSentMail } from '@/gateways/sent-mail'

const shown = 150

/** The newest of the mail that the demonstration would have sent. */
export const recentMail = () => listSentMail({ folder: mailFolder(), limit: shown })

export const mailById = (id: string) => readSentMail({ folder: mailFolder(), id })
