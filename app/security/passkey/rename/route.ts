import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { passkeyName } from '@/domain/identity/passkey-name'
import { renamePasskey } from '@/domain/identity/rename-passkey'

export const POST = formAction('/security/passkey/rename', {
  input: z.object({
    passkeyId: z.uuid({ error: 'bad-input' }),
    name: passkeyName,
  }),
  back: () => '/security',
  async act({ actor }, input) {
    await renamePasskey(actor, input)
    return '/security?done=renamed'
  },
})
