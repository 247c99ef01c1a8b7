import { cookies, headers } from 'next/headers'
import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { isSecure, localPath } from '@/app/_shell/origin'
import { cookieOptions } from '@/app/_shell/session-cookie'
import { languages } from '@/messages/language'

const year = 365 * 24 * 3600

/** Switches the language and shows the same page in it. */
export const POST = formAction('/language', {
  input: z.object({ language: z.enum(languages), next: z.string().default('/') }),
  back: () => '/',
  async act(_visit, { language, next }) {
    const jar = await cookies()
    jar.set('hw-language', language, { ...cookieOptions(isSecure(await headers()), year) })
    const path = localPath(next, '/')
    return /^\/(en|fr)(?=[/?#]|$)/.test(path) ? path.replace(/^\/(en|fr)/, `/${language}`) : path
  },
})
