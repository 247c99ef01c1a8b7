import { z } from 'zod'

const longest = 20_000

/** Lines end with LF; of control characters only tabs stay. What cannot be written as UTF-8 is replaced. */
const clean = (text: string): string =>
  text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .replaceAll(/\p{Cs}/gu, '\ufffd')
    .trim()

/** What is said in a ticket. */
export const entryText = z
  .string()
  .max(2 * longest)
  .transform(clean)
  .pipe(z.string().min(1).max(longest))

/** What a ticket is about: one line. */
export const ticketSubject = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u)
