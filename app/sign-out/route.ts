import { cookies, headers } from 'next/headers'
import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { isSecure } from '@/app/_shell/origin'
import { signOut } from '@/app/_shell/session'
import { sessionCookieName } from '@/app/_shell/session-cookie'

/** Ends the session where it is kept; the cookie that may remain somewhere opens nothing. */
export const POST = formAction('/sign-out', {
  input: z.object({}),
  back: () => '/',
  // Whoever comes to this browser next finds nothing, not by going back either.
  headers: { 'clear-site-data': '"cache", "storage"' },
  async act(visit) {
    if (visit.session !== null) await signOut(visit.session.id)
    const jar = await cookies()
    jar.delete(sessionCookieName(isSecure(await headers())))
    return `/${visit.language}`
  },
})
