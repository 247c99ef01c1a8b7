import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { errorFor, Form, TextArea, TextField } from '@/app/_ui/form'
import { SelectField } from '@/app/_ui/select-field'
import type { MacroView } from '@/domain/triage/find-macros'
import { macroVariables } from '@/domain/triage/macro-text'

/** A macro's code and texts; `carriers`: of a new one, for whom it may be. */
export function MacroForm({
  visit: { t, formToken },
  action,
  macro,
  carriers = [],
  form,
}: {
  visit: Visit
  action: string
  macro: MacroView | null
  carriers?: { id: string | null; name: string | null }[]
  form: FormState
}) {
  const text = (name: 'textEn' | 'textFr', lang: 'en' | 'fr') => (
    <TextArea
      name={name}
      rows={8}
      lang={lang}
      label={t(`conversation.macros.${name}`)}
      error={errorFor(form.errors, name)}
      value={form.value(name) ?? macro?.[name]}
    />
  )
  return (
    <Form action={action} token={formToken} hidden={{ version: macro === null ? null : String(macro.version) }}>
      <TextField
        name="code"
        label={t('conversation.macros.code')}
        hint={t('conversation.macros.codeHint')}
        error={errorFor(form.errors, 'code')}
        value={form.value('code') ?? macro?.code}
        narrow
      />
      {carriers.length === 0 ? null : (
        <SelectField
          name="carrier"
          label={t('conversation.macros.carrier')}
          error={errorFor(form.errors, 'carrier')}
          value={form.value('carrier')}
          options={carriers.map(({ id, name }) => ({
            value: id ?? '',
            label: name ?? t('conversation.macros.everyCarrier'),
          }))}
        />
      )}
      <p data-verbatim="">
        {t('conversation.macros.variables', { list: macroVariables.map(one => `{${one}}`).join(', ') })}
      </p>
      {text('textEn', 'en')}
      {text('textFr', 'fr')}
      <div>
        <Button>{t('conversation.macros.save')}</Button>
      </div>
    </Form>
  )
}
