import { z } from 'zod'
import { askDeviceAt } from '@/app/_shell/device-options'
import { formAction } from '@/app/_shell/form-action'
import { localPath } from '@/app/_shell/origin'
import { again } from '@/app/_shell/page'
import { passkeys } from '@/app/_shell/passkeys'
import { beginPasskeyProof } from '@/domain/identity/begin-passkey-proof'

/** Makes a challenge for one of the person's own passkeys, and leads to where the device is asked. */
export const POST = formAction('/sign-in/again/passkey', {
  input: z.object({ next: z.string().default('/') }),
  back: ({ next }) => again(localPath(String(next ?? ''), '/')),
  async act({ actor }, { next }) {
    const options = await beginPasskeyProof(actor, await passkeys())
    return askDeviceAt('/sign-in/passkey', { options, purpose: 'prove', next: localPath(next, '/') })
  },
})
