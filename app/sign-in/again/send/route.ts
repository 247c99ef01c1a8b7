import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { localPath } from '@/app/_shell/origin'
import { again } from '@/app/_shell/page'
import { rateLimit } from '@/app/_shell/rate'
import { sendLink } from '@/app/_shell/sign-in'
import { badInput } from '@/domain/errors'

const perMailbox = rateLimit(8, 15)

/** Mails a link to the session's own address: it proves the mailbox once more and leads back. */
export const POST = formAction('/sign-in/again/send', {
  input: z.object({ next: z.string().default('/') }),
  back: ({ next }) => again(localPath(String(next ?? ''), '/')),
  async act({ session, demonstration }, input) {
    if (session === null || (!demonstration && !perMailbox(session.email)))
      throw badInput('next', 'too-many-links', 'Too many links were asked for.')
    const next = localPath(input.next, '/')
    await sendLink({ email: session.email, next, purpose: 'confirm' })
    return `${again(next)}&sent=1`
  },
})
