import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { speakHereAtFirst } from '@/app/_shell/language-cookie'
import { localPath } from '@/app/_shell/origin'
import { takeLink } from '@/app/_shell/sign-in'
import { badInput } from '@/domain/errors'

/** Uses the link up: signs in, and goes on to where the person was headed, in their language. */
export const POST = formAction('/sign-in/link/use', {
  input: z.object({ linkToken: z.string().max(200), next: z.string().default('') }),
  back: ({ next }) => `/sign-in?next=${encodeURIComponent(localPath(String(next ?? ''), ''))}`,
  async act(_visit, { linkToken, next }) {
    const taken = await takeLink(linkToken)
    if (taken === null) throw badInput('email', 'link-used', 'The link was used or has run out.')
    if (taken.language !== null) await speakHereAtFirst(taken.language)
    return localPath(next, taken.home)
  },
})
