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

export const smtpForm = z.object({ SMTP_CONNECTIONS: connections })

/** Messages a second that each provider takes. Whoever reads more settings than these spreads its shape into its own form. */
export const rateForm = z.object({
  MAIL_RATE: rate(50),
  SMS_RATE: rate(10),
  PUSH_RATE: rate(200),
  WEBHOOK_RATE: rate(50),
})
