import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { endOwnSession } from '@/domain/identity/end-own-session'

export const POST = formAction('/security/sessions/end', {
  input: z.object({ sessionId: z.uuid({ error: 'bad-input' }) }),
  back: () => '/security',
  async act({ actor }, input) {
    await endOwnSession(actor, input)
    return '/security?done=ended'
  },
})
