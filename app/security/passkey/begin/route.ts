import { z } from 'zod'
import { askDeviceAt } from '@/app/_shell/device-options'
import { formAction } from '@/app/_shell/form-action'
import { passkeys } from '@/app/_shell/passkeys'
import { beginPasskey } from '@/domain/identity/begin-passkey'

export const POST = formAction('/security/passkey/begin', {
  input: z.object({}),
  back: () => '/security',
  async act({ actor }) {
    const options = await beginPasskey(actor, await passkeys())
    return askDeviceAt('/security/passkey', { options, purpose: 'enrol', next: '' })
  },
})
