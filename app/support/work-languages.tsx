import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Choices, errorFor } from '@/app/_ui/form'
import { languageLeadMs, type WorkLanguage, workLanguages } from '@/domain/triage/work-languages'
import { languageNames } from '@/messages/language'

/** In which languages somebody works on tickets: oneself, or a member of staff. */
export function WorkLanguages({
  visit: { t },
  chosen,
  form,
  own = false,
}: {
  visit: Visit
  chosen: readonly WorkLanguage[]
  form: FormState
  own?: boolean
}) {
  const error = errorFor(form.errors, 'languages')
  return (
    <Choices
      kind="checkbox"
      name="languages"
      legend={t(own ? 'atHand.working.languages' : 'atHand.working.ofMember')}
      hint={
        own ? t('atHand.working.languagesHint', { minutes: languageLeadMs / 60_000 }) : t('atHand.working.ofMemberText')
      }
      error={error}
      choices={workLanguages.map(value => ({ value, label: <span lang={value}>{languageNames[value]}</span> }))}
      chosen={error === undefined ? chosen : form.values('languages')}
    />
  )
}
