import { headers } from 'next/headers'
import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { speakHereAtFirst } from '@/app/_shell/language-cookie'
import { localPath } from '@/app/_shell/origin'
import { again } from '@/app/_shell/page'
import { browserHere, carrySession, passkeys, renewSession } from '@/app/_shell/passkeys'
import { formLimit, networkOf } from '@/app/_shell/rate'
import { homeOf } from '@/app/_shell/sign-in'
import { system } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { proveByPasskey } from '@/domain/identity/prove-by-passkey'
import { signInByPasskey } from '@/domain/identity/sign-in-by-passkey'

const perNetwork = formLimit('passkeys-tries', 120, 15)

/** Takes a device's answer: opens a session, or proves again who has this one. */
export const POST = formAction('/sign-in/passkey/use', {
  input: z.object({
    answer: z.string({ error: 'passkey-script' }).min(1, { error: 'passkey-script' }),
    purpose: z.enum(['sign-in', 'prove']).default('sign-in'),
    next: z.string().default(''),
  }),
  back: ({ purpose, next }) => {
    const path = localPath(String(next ?? ''), '')
    return purpose === 'prove' ? again(path || '/') : `/sign-in?next=${encodeURIComponent(path)}`
  },
  secret: ['answer', 'purpose'],
  async act({ actor, session, demonstration }, { answer, purpose, next }) {
    if (!demonstration) await perNetwork(networkOf(await headers()))
    const ceremony = await passkeys()
    if (purpose === 'prove') {
      if (session === null) throw badInput('answer', 'passkey-late', 'There is no session to prove.')
      const { id: sessionId, digest: seen } = session
      await renewSession(await proveByPasskey(actor, ceremony, { sessionId, seen, answer }))
      return localPath(next, '/')
    }
    const signedIn = await signInByPasskey(system('sign-in'), ceremony, { answer, browser: await browserHere() })
    await carrySession(signedIn.token)
    await speakHereAtFirst(signedIn.language)
    return localPath(next, homeOf(signedIn.role))
  },
})
