import { z } from 'zod'

const rate = (usual: number) =>
  z
    .union([z.literal('').transform(() => undefined), z.coerce.number().positive().max(100_000)], {
      error: 'is a number above 0 and at most 100000',
    })
    .optional()
    .transform(given => given ?? usual)

const countError = 'is a whole number from 1 to 100'
const count = z.coerce.number(countError).int(countError).min(1, countError).max(100, countError)
/** Kept connections of one process to the mail server. */
const connections = z
  .union([z.literal('').transform(() => undefined), count])
  .optional()
  .transform(given => given ?? 10)

const absent = z.literal('').transform(() => undefined)
const portError = 'is a number from 1 to 65535'
const domainError = 'is a domain name like replies.example.com'
const domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(?=.{1,189}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/, domainError)

/** Where a relay brings the answers to our mail; both or neither of the port and the domain. */
export const mailInForm = z.object({
  MAIL_IN_PORT: z
    .union([absent, z.coerce.number(portError).int(portError).min(1, portError).max(65_535, portError)])
    .optional(),
  MAIL_IN_HOST: z
    .union([absent, z.string()])
    .optional()
    .transform(given => given ?? '127.0.0.1'),
  REPLY_DOMAIN: z.union([absent, domain]).optional(),
})

export interface MailInPlace {
  host: string
  port: number
  domain: string
}

/** Null where no mail is listened for. */
export const mailInPlace = (given: z.output<typeof mailInForm>): MailInPlace | null =>
  given.MAIL_IN_PORT === undefined || given.REPLY_DOMAIN === undefined
    ? null
    : { host: given.MAIL_IN_HOST, port: given.MAIL_IN_PORT, domain: given.REPLY_DOMAIN }

export const smtpForm = z.object({ SMTP_CONNECTIONS: connections })

/** Messages a second that each provider takes. Whoever reads more settings than these spreads its shape into its own form. */
export const rateForm = z.object({
  MAIL_RATE: rate(50),
  SMS_RATE: rate(10),
  PUSH_RATE: rate(200),
  WEBHOOK_RATE: rate(50),
})

const daysError = 'is a whole number of days from 1 to 60'
/** Days after its end at which whoever asked for a restore is asked whether it looks right. */
export const afterForm = z.object({
  ASK_AFTER_DAYS: z
    .union([absent, z.coerce.number(daysError).int(daysError).min(1, daysError).max(60, daysError)])
    .optional()
    .transform(given => given ?? 3),
})
