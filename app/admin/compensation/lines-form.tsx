import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Choices, errorFor, Form, TextField } from '@/app/_ui/form'
import { SelectField } from '@/app/_ui/select-field'
import { lineField, shownLines, valuesOfLines } from '@/app/admin/compensation/line-fields'
import { numberFacts, yesNoFacts } from '@/domain/compensation/facts'
import type { CompensationView } from '@/domain/compensation/read-rules'
import { lossCategories } from '@/domain/notice/audience'

/** The draft of a carrier's rules: the first line that is true of somebody says what they are granted. */
export function LinesForm({ visit, form, view }: { visit: Visit; form: FormState; view: CompensationView }) {
  const { t, formToken, timeZone } = visit
  const { draft, active, earlier, carrierId, incidentId } = view
  // After a withdrawal the next is written from what was withdrawn.
  const from = draft ?? active ?? earlier[0] ?? null
  const values: Record<string, string[]> = {
    ...valuesOfLines(from?.lines ?? []),
    notifyDays: [String(from?.notifyDays ?? 30)],
    notifyFrom: [from?.notifyFrom ?? 'decision'],
    zone: [from?.zone ?? timeZone],
  }
  // The page's other forms come back too, and say nothing of these fields.
  const isBack = form.value('notifyDays') !== undefined
  const held: Held = name => (isBack ? form.values(name) : values[name]) ?? []
  const hidden = { carrierId, incidentId, edition: String(draft?.edition ?? 0) }
  const { errors } = form
  return (
    <Form action="/admin/compensation/save" token={formToken} hidden={hidden}>
      <p>{t('compensation.form.lead')}</p>
      {Array.from({ length: shownLines(from?.lines.length ?? 0) }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
        <LineFields key={at} visit={visit} at={at} held={held} form={form} />
      ))}
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <TextField
          name="notifyDays"
          label={t('compensation.form.days')}
          inputMode="numeric"
          error={errorFor(errors, 'notifyDays')}
          value={held('notifyDays')[0]}
        />
        <SelectField
          name="notifyFrom"
          label={t('compensation.form.from')}
          value={held('notifyFrom')[0]}
          options={(['decision', 'incident'] as const).map(value => ({
            value,
            label: t(`compensation.form.froms.${value}`),
          }))}
        />
        <TextField
          name="zone"
          label={t('compensation.form.zone')}
          error={errorFor(errors, 'zone')}
          value={held('zone')[0]}
        />
      </div>
      <div>
        <Button>{t('compensation.form.save')}</Button>
      </div>
    </Form>
  )
}

type Held = (name: string) => string[]

function LineFields({ visit, at, held, form }: { visit: Visit; at: number; held: Held; form: FormState }) {
  const { t } = visit
  const of = (name: string) => lineField(at, name)
  const text = (name: string, label: string, numeric = false) => (
    <TextField
      name={of(name)}
      label={label}
      error={errorFor(form.errors, of(name))}
      value={held(of(name))[0]}
      {...(numeric ? { inputMode: 'numeric' as const } : {})}
    />
  )
  return (
    <fieldset className="grid min-w-0 gap-4 rounded-card border border-line p-4">
      <legend className="px-1 font-semibold">{t('compensation.form.line', { number: String(at + 1) })}</legend>
      {text('name', t('compensation.form.name'))}
      <Choices
        kind="checkbox"
        name={of('loss')}
        legend={t('compensation.facts.loss')}
        error={errorFor(form.errors, of('conditions'))}
        chosen={held(of('loss'))}
        choices={lossCategories.map(value => ({ value, label: t(`rules.words.${value}`) }))}
      />
      <div className="grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {yesNoFacts.map(name => (
          <SelectField
            key={name}
            name={of(name)}
            label={t(`compensation.facts.${name}`)}
            value={held(of(name))[0] ?? ''}
            options={[
              { value: '', label: t('rules.form.any') },
              { value: 'yes', label: t('rules.form.yes') },
              { value: 'no', label: t('rules.form.no') },
            ]}
          />
        ))}
        {numberFacts.map(name => (
          <div key={name}>{text(name, t('rules.form.atLeast', { fact: t(`compensation.facts.${name}`) }), true)}</div>
        ))}
      </div>
      <div className="grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <SelectField
          name={of('kind')}
          label={t('compensation.form.kind')}
          error={errorFor(form.errors, of('grant'))}
          value={held(of('kind'))[0] ?? 'credit'}
          options={(['credit', 'months', 'words'] as const).map(value => ({
            value,
            label: t(`compensation.form.kinds.${value}`),
          }))}
        />
        {text('amount', t('compensation.form.amount'))}
        {text('currency', t('compensation.form.currency'))}
        {text('months', t('compensation.form.months'), true)}
      </div>
      <div className="grid items-end gap-4 sm:grid-cols-2">
        {text('en', t('compensation.form.en'))}
        {text('fr', t('compensation.form.fr'))}
      </div>
    </fieldset>
  )
}
