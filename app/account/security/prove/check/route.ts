import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { localPath } from '@/app/_shell/origin'
import { renewSession } from '@/app/_shell/passkeys'
import { provePath } from '@/app/_shell/prove-path'
import { codeOutside } from '@/app/_shell/second-proof'
import { notFound } from '@/domain/errors'
import { takeCode } from '@/domain/identity/take-code'

/** Takes the code that was sent, and leads back to what asked for it. */
export const POST = formAction('/account/security/prove/check', {
  input: z.object({
    next: z.string().default(''),
    code: z.string({ error: 'code-missing' }).trim().min(1, { error: 'code-missing' }).max(200, { error: 'code-form' }),
  }),
  back: ({ next }) => provePath({ role: 'subscriber' }, localPath(String(next ?? ''), '/account')),
  secret: ['code'],
  async act({ actor, session }, { next, code }) {
    if (actor.role !== 'subscriber' || session === null) throw notFound('subscriber')
    const { id: sessionId, digest: seen } = session
    await renewSession(
      await takeCode(actor, codeOutside(), { subscriberId: actor.subscriberId, sessionId, seen, code }),
    )
    return localPath(next, '/account')
  },
})
