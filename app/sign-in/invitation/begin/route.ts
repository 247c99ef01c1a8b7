import { headers } from 'next/headers'
import { z } from 'zod'
import { askDeviceAt } from '@/app/_shell/device-options'
import { formAction } from '@/app/_shell/form-action'
import { passkeys } from '@/app/_shell/passkeys'
import { formLimit, networkOf } from '@/app/_shell/rate'
import { beginInvitedPasskey } from '@/domain/identity/begin-invited-passkey'

const perNetwork = formLimit('invitations-network', 120, 15)
const pageOf = (token: unknown): string => `/sign-in/invitation?token=${encodeURIComponent(String(token ?? ''))}`

/** Makes a challenge for the first passkey of whoever holds the invitation. */
export const POST = formAction('/sign-in/invitation/begin', {
  input: z.object({ invitation: z.string().max(200) }),
  back: ({ invitation }) => pageOf(invitation),
  secret: ['invitation'],
  async act({ demonstration }, { invitation }) {
    if (!demonstration) await perNetwork(networkOf(await headers()))
    const options = await beginInvitedPasskey(await passkeys(), invitation)
    return askDeviceAt(pageOf(invitation), { options, purpose: 'enrol', next: '' })
  },
})
