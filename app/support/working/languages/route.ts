import { formAction } from '@/app/_shell/form-action'
import { languageFields } from '@/app/support/language-fields'
import { chooseLanguages } from '@/domain/triage/choose-languages'
import { takerOf } from '@/domain/triage/taker'

export const POST = formAction('/support/working/languages', {
  input: languageFields,
  back: () => '/support/working',
  async act({ actor }, { languages }) {
    await chooseLanguages(actor, { staffId: takerOf(actor), languages })
    return '/support/working?done=languages'
  },
})
