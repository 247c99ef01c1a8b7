import { headers } from 'next/headers'
import { z } from 'zod'
import { askDeviceAt } from '@/app/_shell/device-options'
import { formAction } from '@/app/_shell/form-action'
import { localPath } from '@/app/_shell/origin'
import { passkeys } from '@/app/_shell/passkeys'
import { formLimit, networkOf } from '@/app/_shell/rate'
import { system } from '@/domain/actor'
import { beginPasskeySignIn } from '@/domain/identity/begin-passkey-sign-in'

const perNetwork = formLimit('passkeys-network', 120, 15)

/** Makes a challenge for whoever wants to sign in, and leads to where their device is asked. */
export const POST = formAction('/sign-in/passkey/begin', {
  input: z.object({ next: z.string().default('') }),
  back: ({ next }) => `/sign-in?next=${encodeURIComponent(localPath(String(next ?? ''), ''))}`,
  async act({ demonstration }, { next }) {
    if (!demonstration) await perNetwork(networkOf(await headers()))
    const options = await beginPasskeySignIn(system('sign-in'), await passkeys())
    return askDeviceAt('/sign-in/passkey', { options, purpose: 'sign-in', next: localPath(next, '') })
  },
})
