import { formAction } from '@/app/_shell/form-action'
import { languageFields } from '@/app/support/language-fields'
import { chooseLanguages } from '@/domain/triage/choose-languages'

export const POST = formAction('/admin/people/[id]/languages', {
  input: languageFields,
  back: (_fields, { id }) => `/admin/people/${id}`,
  async act({ actor }, { languages }, { id: staffId = '' }) {
    await chooseLanguages(actor, { staffId, languages })
    return `/admin/people/${staffId}?done=languages`
  },
})
