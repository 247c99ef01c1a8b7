import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { speakHereAtFirst } from '@/app/_shell/language-cookie'
import { localPath } from '@/app/_shell/origin'
import { aboutSubscriber } from '@/app/_shell/session'
import { badInput } from '@/domain/errors'

/** Says whose data this session is about, among those the mailbox belongs to. */
export const POST = formAction('/sign-in/whose/choose', {
  input: z.object({ person: z.string({ error: 'choose-person' }), next: z.string().default('') }),
  back: ({ next }) => `/sign-in/whose?next=${encodeURIComponent(localPath(String(next ?? ''), ''))}`,
  async act({ session, people }, { person, next }) {
    const chosen = people.subscribers.find(({ id }) => id === person)
    if (session === null || chosen === undefined)
      throw badInput('person', 'choose-person', 'The mailbox does not belong to this person.')
    await aboutSubscriber(session, chosen.id)
    await speakHereAtFirst(chosen.language)
    return localPath(next, '/account')
  },
})
