import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { ownSession } from '@/app/security/own-session'
import { revokePasskey } from '@/domain/identity/revoke-passkey'

export const POST = formAction('/security/passkey/revoke', {
  input: z.object({ passkeyId: z.uuid({ error: 'bad-input' }) }),
  back: () => '/security',
  async act(visit, { passkeyId }) {
    await revokePasskey(visit.actor, { passkeyId, sessionId: ownSession(visit) })
    return '/security?done=revoked'
  },
})
