import { cookies, headers } from 'next/headers'
import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { isSecure, localPath } from '@/app/_shell/origin'
import { cookieOptions } from '@/app/_shell/session-cookie'
import { takeLink } from '@/app/_shell/sign-in'
import { badInput } from '@/domain/errors'

const year = 365 * 24 * 3600

/** Uses the link up: signs in, and goes on to where the person was headed, in their language. */
export const POST = formAction('/sign-in/link/use', {
  input: z.object({ linkToken: z.string().max(200), next: z.string().default('') }),
  back: ({ next }) => `/sign-in?next=${encodeURIComponent(localPath(String(next ?? ''), ''))}`,
  async act(_visit, { linkToken, next }) {
    const taken = await takeLink(linkToken)
    if (taken === null) throw badInput('email', 'link-used', 'The link was used or has run out.')
    const [head, jar] = await Promise.all([headers(), cookies()])
    if (!jar.has('hw-language')) jar.set('hw-language', taken.language, cookieOptions(isSecure(head), year))
    return localPath(next, taken.home)
  },
})
