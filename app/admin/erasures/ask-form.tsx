import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { errorFor, Form, TextField } from '@/app/_ui/form'
import { SelectField } from '@/app/_ui/select-field'

interface Props {
  visit: Visit
  carriers: { slug: string; name: string }[]
  form: FormState
}

/** Whose erasure is asked for. */
export function AskForm({ visit: { t, formToken }, carriers, form }: Props) {
  return (
    <Form action="/admin/erasures/ask" token={formToken}>
      <div className="max-w-md">
        <SelectField
          name="carrier"
          label={t('retention.carrier')}
          error={errorFor(form.errors, 'carrier')}
          value={form.value('carrier') ?? carriers[0]?.slug ?? ''}
          options={carriers.map(({ slug, name }) => ({ value: slug, label: name }))}
        />
      </div>
      <TextField
        name="name"
        label={t('retention.erasures.account')}
        error={errorFor(form.errors, 'name')}
        value={form.value('name')}
        autoComplete="off"
        narrow
      />
      <div>
        <Button look="stern">{t('retention.erasures.askIt')}</Button>
      </div>
    </Form>
  )
}
