import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Choices, errorFor, Form, TextField } from '@/app/_ui/form'
import { SelectField } from '@/app/_ui/select-field'
import { tokenDays } from '@/domain/access/issue-token'
import { scopeNames } from '@/domain/access/token-scopes'

/** What a new token is for. */
export function IssueForm({
  visit: { t, formToken },
  carriers,
  form,
}: {
  visit: Visit
  carriers: { slug: string; name: string }[]
  form: FormState
}) {
  const { errors } = form
  const every = { value: '', label: t('tokens.every') }
  return (
    <Form action="/admin/tokens/issue" token={formToken}>
      <TextField
        name="name"
        label={t('tokens.name')}
        hint={t('tokens.nameHint')}
        error={errorFor(errors, 'name')}
        value={form.value('name')}
        autoComplete="off"
        narrow
      />
      <div className="max-w-md">
        <SelectField
          name="carrier"
          label={t('tokens.carrier')}
          error={errorFor(errors, 'carrier')}
          value={form.value('carrier') ?? carriers[0]?.slug ?? ''}
          options={[...carriers.map(({ slug, name }) => ({ value: slug, label: name })), every]}
        />
      </div>
      <Choices
        kind="checkbox"
        name="scopes"
        legend={t('tokens.scopes')}
        error={errorFor(errors, 'scopes')}
        choices={scopeNames.map(scope => ({ value: scope, label: t(`tokens.scope.${scope}`), hint: scope }))}
        chosen={form.values('scopes')}
      />
      <div className="max-w-md">
        <SelectField
          name="days"
          label={t('tokens.days')}
          error={errorFor(errors, 'days')}
          value={form.value('days') ?? '90'}
          options={tokenDays.map(days => ({ value: String(days), label: t('tokens.dayCount', { count: days }) }))}
        />
      </div>
      <div>
        <Button>{t('tokens.make')}</Button>
      </div>
    </Form>
  )
}
