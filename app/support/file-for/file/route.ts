import { formAction } from '@/app/_shell/form-action'
import { checkOf, personPage, requestFields } from '@/app/support/file-for/fields'
import { fileForPerson } from '@/domain/restore/file-for-person'

export const POST = formAction('/support/file-for/file', {
  input: requestFields,
  back: ({ person }) => personPage('/check', person),
  async act({ actor }, input) {
    const { person: subscriberId, categories, accountId, rule, key: filingKey } = input
    const wish = { subscriberId, categories, accountId, rule, check: checkOf(input), filingKey }
    const { id } = await fileForPerson(actor, wish)
    return `/support/requests/${id}?done=filed-for`
  },
})
