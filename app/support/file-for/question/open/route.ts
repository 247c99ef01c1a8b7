import { formAction } from '@/app/_shell/form-action'
import { checkOf, personPage, questionFields } from '@/app/support/file-for/fields'
import { openForPerson } from '@/domain/triage/open-for-person'

export const POST = formAction('/support/file-for/question/open', {
  input: questionFields,
  most: 256 * 1024,
  back: ({ person }) => personPage('/question', person),
  async act({ actor }, input) {
    const { person: subscriberId, kind, subject, text, key: openingKey } = input
    // What is missing is asked of that kind alone: another one's page has the fields too.
    const isMissing = kind === 'missing_records'
    const about = isMissing ? { aboutRequestId: input.aboutRequestId || null, missing: input.items } : {}
    const asked = { subscriberId, kind, subject, text, ...about, check: checkOf(input), openingKey }
    const { id } = await openForPerson(actor, asked)
    return `/support/tickets/${id}?done=opened`
  },
})
