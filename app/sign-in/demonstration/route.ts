import { z } from 'zod'
import { playDevice } from '@/app/_shell/demonstration-passkey'
import { formAction } from '@/app/_shell/form-action'
import { speakHereAtFirst } from '@/app/_shell/language-cookie'
import { localPath } from '@/app/_shell/origin'
import { homeOf } from '@/app/_shell/sign-in'

/** In the demonstration alone: signs in as somebody invented, or proves it again, with their software passkey. */
export const POST = formAction('/sign-in/demonstration', {
  input: z.object({ person: z.uuid({ error: 'choose-person' }), next: z.string().default('') }),
  back: ({ next }) => `/sign-in?next=${encodeURIComponent(localPath(String(next ?? ''), ''))}`,
  async act(visit, { person, next }) {
    const signedIn = await playDevice(visit, person)
    if (signedIn === null) return localPath(next, '/')
    await speakHereAtFirst(signedIn.language)
    return localPath(next, homeOf(signedIn.role))
  },
})
