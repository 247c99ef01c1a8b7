import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { localPath } from '@/app/_shell/origin'
import { provePath } from '@/app/_shell/prove-path'
import { codeOutside } from '@/app/_shell/second-proof'
import { notFound } from '@/domain/errors'
import { sendCode } from '@/domain/identity/send-code'

const here = (next: unknown) => provePath({ role: 'subscriber' }, localPath(String(next ?? ''), '/account'))

/** Sends a code to the number on file; the page that it leads to asks for it. */
export const POST = formAction('/account/security/prove/send', {
  input: z.object({ next: z.string().default('') }),
  back: ({ next }) => here(next),
  async act({ actor, session }, { next }) {
    if (actor.role !== 'subscriber' || session === null) throw notFound('subscriber')
    await sendCode(actor, codeOutside(), { subscriberId: actor.subscriberId, sessionId: session.id })
    return here(next)
  },
})
