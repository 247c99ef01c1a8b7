import { randomUUID } from 'node:crypto'
import { headers } from 'next/headers'
import { after } from 'next/server'
import { z } from 'zod'
import { withFlash } from '@/app/_shell/flash'
import { formAction } from '@/app/_shell/form-action'
import { localPath } from '@/app/_shell/origin'
import { formLimit, networkOf } from '@/app/_shell/rate'
import { reportFault } from '@/app/_shell/report-fault'
import { codeOutside } from '@/app/_shell/second-proof'
import { system } from '@/domain/actor'
import { sendSignInCode } from '@/domain/identity/send-sign-in-code'

const perNumber = formLimit('codes-number', 5, 15)
const perNetwork = formLimit('codes-network', 30, 15)

const number = z
  .string({ error: 'number-missing' })
  .trim()
  .min(1, { error: 'number-missing', abort: true })
  .regex(/^\+?[\d\s().\-/]{5,40}$/, { error: 'number-form' })
const account = z.string().trim().max(200, { error: 'number-form' }).default('')

/** Answers the same, and as fast, whoever has the number: it is looked up, and the code sent, after the answer. */
export const POST = formAction('/sign-in/code/send', {
  input: z.object({ number, account, next: z.string().default('') }),
  back: ({ next }) => `/sign-in/code?next=${encodeURIComponent(localPath(String(next ?? ''), ''))}`,
  async act({ demonstration }, input) {
    if (!demonstration) {
      await perNetwork(networkOf(await headers()))
      await perNumber(input.number.replaceAll(/\D/g, '').slice(-9))
    }
    const attemptId = randomUUID()
    const accountId = input.account === '' ? null : input.account
    const asked = { number: input.number, accountId, attemptId }
    after(() => sendSignInCode(system('sign-in'), codeOutside(), asked).then(() => undefined, reportFault))
    const next = localPath(input.next, '')
    return withFlash('/sign-in/code/enter', { errors: [], values: { attempt: [attemptId], next: [next] } })
  },
})
