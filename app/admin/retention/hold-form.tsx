import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { errorFor, Form, TextField } from '@/app/_ui/form'
import { SelectField } from '@/app/_ui/select-field'
import { holdScopes } from '@/domain/retention/legal-hold'

interface Props {
  visit: Visit
  carriers: { slug: string; name: string }[]
  form: FormState
}

/** Whom a new hold is on, and why. */
export function HoldForm({ visit: { t, formToken }, carriers, form }: Props) {
  const { errors } = form
  return (
    <Form action="/admin/retention/holds/place" token={formToken}>
      <div className="max-w-md">
        <SelectField
          name="scope"
          label={t('retention.scope')}
          error={errorFor(errors, 'scope')}
          value={form.value('scope') ?? 'subscriber'}
          options={holdScopes.map(scope => ({ value: scope, label: t(`retention.scopes.${scope}`) }))}
        />
      </div>
      <div className="max-w-md">
        <SelectField
          name="carrier"
          label={t('retention.carrier')}
          error={errorFor(errors, 'carrier')}
          value={form.value('carrier') ?? carriers[0]?.slug ?? ''}
          options={carriers.map(({ slug, name }) => ({ value: slug, label: name }))}
        />
      </div>
      <TextField
        name="name"
        label={t('retention.name')}
        hint={t('retention.nameHint')}
        error={errorFor(errors, 'name')}
        value={form.value('name')}
        autoComplete="off"
        narrow
      />
      <TextField
        name="reference"
        label={t('retention.reference')}
        hint={t('retention.referenceHint')}
        error={errorFor(errors, 'reference')}
        value={form.value('reference')}
        autoComplete="off"
        narrow
      />
      <TextField
        name="reason"
        label={t('retention.reason')}
        error={errorFor(errors, 'reason')}
        value={form.value('reason')}
        autoComplete="off"
      />
      <div>
        <Button>{t('retention.placeIt')}</Button>
      </div>
    </Form>
  )
}
