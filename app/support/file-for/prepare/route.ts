import { withFlash } from '@/app/_shell/flash'
import { formAction, valuesOf } from '@/app/_shell/form-action'
import { personPage, requestFields } from '@/app/support/file-for/fields'

/** Nothing is filed yet: what was entered goes on to the page where it is looked over. */
export const POST = formAction('/support/file-for/prepare', {
  input: requestFields,
  back: ({ person }) => personPage('', person),
  act: (_visit, { person }, _params, fields) =>
    withFlash(personPage('/check', person), { errors: [], values: valuesOf(fields) }),
})
