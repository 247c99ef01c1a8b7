import { headers } from 'next/headers'
import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { speakHereAtFirst } from '@/app/_shell/language-cookie'
import { browserHere, carrySession, passkeys } from '@/app/_shell/passkeys'
import { formLimit, networkOf } from '@/app/_shell/rate'
import { homeOf } from '@/app/_shell/sign-in'
import { acceptInvitation } from '@/domain/identity/accept-invitation'
import { passkeyName } from '@/domain/identity/passkey-name'

const perNetwork = formLimit('invitations-tries', 120, 15)

/** Enrols the first passkey by an invitation, and signs in with it. */
export const POST = formAction('/sign-in/invitation/use', {
  input: z.object({
    invitation: z.string().max(200),
    name: passkeyName,
    answer: z.string({ error: 'passkey-script' }).min(1, { error: 'passkey-script' }),
  }),
  back: ({ invitation }) => `/sign-in/invitation?token=${encodeURIComponent(String(invitation ?? ''))}`,
  secret: ['answer', 'invitation'],
  async act({ demonstration }, { invitation: token, name, answer }) {
    if (!demonstration) await perNetwork(networkOf(await headers()))
    const browser = await browserHere()
    const signedIn = await acceptInvitation(await passkeys(), { token, name, answer, browser })
    await carrySession(signedIn.token)
    await speakHereAtFirst(signedIn.language)
    return homeOf(signedIn.role)
  },
})
