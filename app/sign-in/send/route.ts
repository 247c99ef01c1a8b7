import { headers } from 'next/headers'
import { after } from 'next/server'
import { z } from 'zod'
import { withFlash } from '@/app/_shell/flash'
import { formAction } from '@/app/_shell/form-action'
import { localPath } from '@/app/_shell/origin'
import { formLimit, networkOf } from '@/app/_shell/rate'
import { reportFault } from '@/app/_shell/report-fault'
import { sendLink } from '@/app/_shell/sign-in'

const perAddress = formLimit('links-address', 5, 15)
const perNetwork = formLimit('links-network', 60, 15)

const email = z
  .string({ error: 'email-missing' })
  .trim()
  .min(1, { error: 'email-missing', abort: true })
  .max(254, { error: 'email-form' })
  .pipe(z.email({ error: 'email-form' }))

/** Answers the same, and as fast, whoever the address belongs to: the message is written after the answer. */
export const POST = formAction('/sign-in/send', {
  input: z.object({ email, next: z.string().default('') }),
  back: ({ next }) => `/sign-in?next=${encodeURIComponent(localPath(String(next ?? ''), ''))}`,
  async act({ demonstration }, input) {
    // A demonstration is one person's, who signs in as everybody.
    if (!demonstration) {
      await perNetwork(networkOf(await headers()))
      await perAddress(input.email.toLowerCase())
    }
    const next = localPath(input.next, '')
    const send = () => sendLink({ email: input.email, next })
    if (demonstration) await send()
    else after(() => send().catch(reportFault))
    return withFlash('/sign-in/sent', { errors: [], values: { email: [input.email], next: [next] } })
  },
})
