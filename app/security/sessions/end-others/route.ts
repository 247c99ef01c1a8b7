import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { ownSession } from '@/app/security/own-session'
import { endOtherSessions } from '@/domain/identity/end-own-session'

export const POST = formAction('/security/sessions/end-others', {
  input: z.object({}),
  back: () => '/security',
  async act(visit) {
    await endOtherSessions(visit.actor, { keepId: ownSession(visit) })
    return '/security?done=ended'
  },
})
