import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Quiet } from '@/app/_ui/card'
import { Choices, errorFor, FieldHelp, Form, TextField } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { SelectField } from '@/app/_ui/select-field'
import { whichOptions } from '@/app/support/mass/which-incident'
import { fieldOf, wordNames } from '@/app/support/rules/rule-fields'
import type { LinkChoice } from '@/domain/triage/find-linked'
import { acts, holdReasons } from '@/domain/triage/rules/action'
import { categoryWords, numberFacts, wordFacts, yesNoFacts } from '@/domain/triage/rules/facts'

interface Carrier {
  id: string
  name: string
}

/** Everything that a rule may say: each fact is a field, and what is left empty makes no difference. */
export function RuleForm({
  visit,
  form,
  action,
  hidden,
  values,
  carriers,
  incidents,
  children,
}: {
  visit: Visit
  form: FormState
  action: string
  hidden: Record<string, string>
  /** What the fields hold where nothing came back. */
  values: Record<string, string[]>
  /** Of a rule for every carrier; none for a carrier's own. */
  carriers: Carrier[]
  /** Which it may link to. */
  incidents: LinkChoice[]
  /** The fields before the others. */
  children?: React.ReactNode
}) {
  const { t, formToken } = visit
  const field = { visit, form, values }
  return (
    <Form action={action} token={formToken} hidden={hidden}>
      {children}
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Text {...field} name="name" label={t('rules.form.name')} hint={t('rules.form.nameHint')} />
        <Text {...field} name="position" label={t('rules.form.position')} hint={t('rules.form.positionHint')} number />
      </div>
      <div id="conditions">
        <Part>
          <h3>{t('rules.form.conditions')}</h3>
          <Quiet>{t('rules.form.conditionsHint')}</Quiet>
          <FieldHelp name="conditions" error={errorFor(form.errors, 'conditions')} />
          <ConditionFields {...field} carriers={carriers} />
        </Part>
      </div>
      <Part>
        <h3>{t('rules.form.action')}</h3>
        <ActionFields {...field} incidents={incidents} />
      </Part>
      <div>
        <Button>{t('rules.form.save')}</Button>
      </div>
    </Form>
  )
}

interface Field {
  visit: Visit
  form: FormState
  values: Record<string, string[]>
}

/** What a field holds: what came back with the form, else what is there. */
const held = ({ form, values }: Field, name: string): string[] =>
  (form.returned ? form.values(name) : values[name]) ?? []

function ConditionFields({ carriers, ...field }: Field & { carriers: Carrier[] }) {
  const { t } = field.visit
  const fact = (name: (typeof numberFacts)[number]) => t(`rules.facts.${name}`)
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {yesNoFacts.map(name => (
          <SelectField
            key={name}
            name={fieldOf(name, 'is')}
            label={t(`rules.facts.${name}`)}
            value={held(field, fieldOf(name, 'is'))[0] ?? ''}
            options={[
              { value: '', label: t('rules.form.any') },
              { value: 'yes', label: t('rules.form.yes') },
              { value: 'no', label: t('rules.form.no') },
            ]}
          />
        ))}
      </div>
      <div className="grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-4">
        {numberFacts.flatMap(name => [
          <Text
            key={fieldOf(name, 'at-least')}
            {...field}
            name={fieldOf(name, 'at-least')}
            label={t('rules.form.atLeast', { fact: fact(name) })}
            number
          />,
          <Text
            key={fieldOf(name, 'at-most')}
            {...field}
            name={fieldOf(name, 'at-most')}
            label={t('rules.form.atMost', { fact: fact(name) })}
            number
          />,
        ])}
      </div>
      <div className="grid items-start gap-6 sm:grid-cols-2 lg:grid-cols-3">
        {wordNames.map(name => (
          <Boxes
            key={name}
            {...field}
            name={fieldOf(name, 'any-of')}
            legend={t(`rules.facts.${name}`)}
            choices={wordFacts[name].map(value => ({ value, label: t(`rules.words.${value}`) }))}
          />
        ))}
        {(['only', 'any-of'] as const).map(op => (
          <Boxes
            key={op}
            {...field}
            name={fieldOf('categories', op)}
            legend={t(op === 'only' ? 'rules.form.only' : 'rules.form.anyOf', { fact: t('rules.facts.categories') })}
            choices={categoryWords.map(value => ({ value, label: t(`shell.categories.${value}`) }))}
          />
        ))}
        {carriers.length < 2 ? null : (
          <Boxes
            {...field}
            name={fieldOf('carrier', 'any-of')}
            legend={t('rules.facts.carrier')}
            choices={carriers.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </div>
    </>
  )
}

function ActionFields({ incidents, ...field }: Field & { incidents: LinkChoice[] }) {
  const { visit, form } = field
  const { t } = visit
  const offered = acts.filter(act => act !== 'link' || incidents.length > 0)
  return (
    <>
      <Choices
        kind="radio"
        name="act"
        legend={t('rules.one.follows')}
        error={errorFor(form.errors, 'act')}
        choices={offered.map(value => ({
          value,
          label: t(`rules.acts.${value}`),
          ...(value === 'approve' || value === 'link' || value === 'escalate' || value === 'leave'
            ? { hint: t(`rules.actHints.${value}`) }
            : {}),
        }))}
        chosen={held(field, 'act')}
      />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <SelectField
          name="reason"
          label={t('rules.form.reason')}
          error={errorFor(form.errors, 'reason')}
          value={held(field, 'reason')[0]}
          options={holdReasons.map(value => ({ value, label: t(`rules.reasons.${value}`) }))}
        />
        <Text {...field} name="hours" label={t('rules.form.hours')} hint={t('rules.form.hoursHint')} number />
        <Text {...field} name="tag" label={t('rules.form.tag')} hint={t('rules.form.tagHint')} />
        <SelectField
          name="priority"
          label={t('rules.form.priority')}
          error={errorFor(form.errors, 'priority')}
          value={held(field, 'priority')[0]}
          options={(['high', 'urgent'] as const).map(value => ({ value, label: t(`rules.priority.${value}`) }))}
        />
        {incidents.length === 0 ? null : (
          <SelectField
            name="incidentId"
            label={t('rules.form.which')}
            error={errorFor(form.errors, 'incidentId') ?? errorFor(form.errors, 'waveCategory')}
            value={held(field, 'incidentId')[0]}
            options={whichOptions(visit, incidents)}
          />
        )}
      </div>
    </>
  )
}

function Boxes({
  name,
  legend,
  choices,
  ...field
}: Field & { name: string; legend: string; choices: { value: string; label: string }[] }) {
  return <Choices kind="checkbox" name={name} legend={legend} choices={choices} chosen={held(field, name)} />
}

function Text({
  name,
  label,
  hint,
  number = false,
  ...field
}: Field & { name: string; label: string; hint?: string; number?: boolean }) {
  return (
    <TextField
      name={name}
      label={label}
      hint={hint}
      error={errorFor(field.form.errors, name)}
      value={held(field, name)[0]}
      {...(number ? { inputMode: 'numeric' as const } : {})}
    />
  )
}
