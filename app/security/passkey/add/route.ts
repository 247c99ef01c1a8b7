import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { passkeys } from '@/app/_shell/passkeys'
import { ownSession } from '@/app/security/own-session'
import { addPasskey } from '@/domain/identity/add-passkey'
import { passkeyName } from '@/domain/identity/passkey-name'

/** A name that is missing is told where the key is asked for anew: what a device answered works once. */
export const POST = formAction('/security/passkey/add', {
  input: z.object({
    name: passkeyName,
    answer: z.string({ error: 'passkey-script' }).min(1, { error: 'passkey-script' }),
  }),
  back: () => '/security',
  secret: ['answer'],
  async act(visit, input) {
    await addPasskey(visit.actor, await passkeys(), { ...input, sessionId: ownSession(visit) })
    return '/security?done=added'
  },
})
