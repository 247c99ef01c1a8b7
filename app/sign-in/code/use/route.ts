import { setTimeout as sleep } from 'node:timers/promises'
import { headers } from 'next/headers'
import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { speakHereAtFirst } from '@/app/_shell/language-cookie'
import { localPath } from '@/app/_shell/origin'
import { browserHere, carrySession } from '@/app/_shell/passkeys'
import { formLimit, networkOf } from '@/app/_shell/rate'
import { codeOutside } from '@/app/_shell/second-proof'
import { homeOf } from '@/app/_shell/sign-in'
import { system } from '@/domain/actor'
import { signInByCode } from '@/domain/identity/sign-in-by-code'

const perAttempt = formLimit('codes-attempt', 10, 15)
const perNetwork = formLimit('codes-tries', 60, 15)

/** Longer than judging takes: how long an answer takes does not say whether a code was sent at all. */
const leastMs = 400

/** Takes the code and opens a session. What opens none is answered the same, whatever is wrong with it. */
export const POST = formAction('/sign-in/code/use', {
  input: z.object({
    attempt: z.uuid({ error: 'form-expired' }),
    code: z.string({ error: 'code-missing' }).trim().min(1, { error: 'code-missing' }).max(200, { error: 'code-form' }),
    next: z.string().default(''),
  }),
  back: () => '/sign-in/code/enter',
  secret: ['code'],
  async act({ demonstration }, { attempt: attemptId, code, next }) {
    if (!demonstration) {
      await perNetwork(networkOf(await headers()))
      await perAttempt(attemptId)
    }
    const asked = { attemptId, code, browser: await browserHere() }
    const [judged] = await Promise.allSettled([signInByCode(system('sign-in'), codeOutside(), asked), sleep(leastMs)])
    if (judged.status === 'rejected') throw judged.reason
    const signedIn = judged.value
    await carrySession(signedIn.token)
    await speakHereAtFirst(signedIn.language)
    return localPath(next, homeOf(signedIn.role))
  },
})
