import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { revokeToken } from '@/domain/access/revoke-token'

export const POST = formAction('/admin/tokens/revoke', {
  input: z.object({ tokenId: z.uuid({ error: 'bad-input' }) }),
  back: () => '/admin/tokens',
  async act({ actor }, input) {
    await revokeToken(actor, input)
    return '/admin/tokens?done=revoked'
  },
})
