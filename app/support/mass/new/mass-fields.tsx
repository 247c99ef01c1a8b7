import { randomUUID } from 'node:crypto'
import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { errorFor, Form, TextArea, TextField } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { SelectField } from '@/app/_ui/select-field'
import type { WhoseFields } from '@/app/support/mass/mass-form'
import { whichOptions } from '@/app/support/mass/which-incident'
import { declineReasons } from '@/domain/restore/restore-inputs'
import type { LinkChoice } from '@/domain/triage/find-linked'
import type { MacroView } from '@/domain/triage/find-macros'
import { macroVariables } from '@/domain/triage/macro-text'
import { type BegunKind, speaks } from '@/domain/triage/mass/mass-what'
import { resolveReasons } from '@/domain/triage/ticket-inputs'

interface Props {
  visit: Visit
  kind: BegunKind
  whose: WhoseFields
  form: FormState
  choices: LinkChoice[]
  macros: MacroView[]
  /** With which texts it begins. */
  begins: { macroId: string | undefined; textEn: string; textFr: string } | null
}

/** What an act needs to know. */
export function MassFields(props: Props) {
  const { visit, kind, whose, form } = props
  const { t, formToken } = visit
  return (
    <Card>
      <Part>
        {speaks(kind) ? <FromMacro {...props} /> : null}
        <Form
          action="/support/mass/draft"
          token={formToken}
          hidden={{ ...whose, act: kind, key: form.value('key') ?? randomUUID() }}
        >
          <OfKind {...props} />
          {speaks(kind) ? <Texts {...props} /> : null}
          <div>
            <Button>{t('mass.form.next')}</Button>
          </div>
        </Form>
      </Part>
    </Card>
  )
}

function FromMacro({ visit: { t }, kind, whose, macros, begins }: Props) {
  if (macros.length === 0) return null
  const hidden = Object.entries({ ...whose, act: kind }).filter((pair): pair is [string, string] => Boolean(pair[1]))
  return (
    <Form method="get" action="/support/mass/new" hidden={Object.fromEntries(hidden)}>
      <div className="flex flex-wrap items-end gap-2">
        <SelectField
          name="macro"
          label={t('mass.form.macro')}
          value={begins?.macroId ?? ''}
          options={[
            { value: '', label: t('mass.form.noMacro') },
            ...macros.map(({ id, code }) => ({ value: id, label: code })),
          ]}
        />
        <Button look="plain">{t('mass.form.fill')}</Button>
      </div>
    </Form>
  )
}

function Texts({ visit: { t }, kind, form, begins }: Props) {
  const text = (name: 'textEn' | 'textFr', lang: 'en' | 'fr') => (
    <TextArea
      name={name}
      rows={8}
      lang={lang}
      label={t(`mass.form.${name}`)}
      error={errorFor(form.errors, name)}
      value={form.value(name) ?? (kind === 'resolve' && begins?.macroId === undefined ? '' : begins?.[name])}
    />
  )
  return (
    <>
      {kind === 'resolve' ? <p>{t('mass.form.resolveHint')}</p> : null}
      <p data-verbatim="">{t('mass.form.variables', { list: macroVariables.map(one => `{${one}}`).join(', ') })}</p>
      {text('textEn', 'en')}
      {text('textFr', 'fr')}
    </>
  )
}

function OfKind({ visit, kind, form, choices }: Props) {
  const { t } = visit
  switch (kind) {
    case 'tag':
    case 'untag':
      return (
        <TextField
          narrow
          name="tag"
          type="text"
          label={t('mass.form.tag')}
          error={errorFor(form.errors, 'tag')}
          value={form.value('tag') ?? ''}
        />
      )
    case 'link':
      return (
        <SelectField
          name="which"
          label={t('mass.form.incident')}
          error={errorFor(form.errors, 'which') ?? errorFor(form.errors, 'incidentId')}
          value={form.value('which')}
          options={whichOptions(visit, choices)}
        />
      )
    case 'decline':
      return (
        <>
          <SelectField
            name="reason"
            label={t('mass.form.reason')}
            error={errorFor(form.errors, 'reason')}
            value={form.value('reason')}
            options={declineReasons.map(value => ({ value, label: t(`reasons.declineForSupport.${value}`) }))}
          />
          <TextArea
            name="note"
            rows={4}
            label={t('mass.form.note')}
            hint={t('mass.form.noteHint')}
            error={errorFor(form.errors, 'note')}
            value={form.value('note')}
          />
        </>
      )
    case 'resolve':
      return (
        <SelectField
          name="reason"
          label={t('mass.form.reason')}
          error={errorFor(form.errors, 'reason')}
          value={form.value('reason') ?? 'nothing-to-do'}
          options={resolveReasons.map(value => ({ value, label: t(`conversation.case.resolveReasons.${value}`) }))}
        />
      )
    default:
      return null
  }
}
