import type { FormState } from '@/app/_shell/form-state'
import { clockIn } from '@/app/_shell/local-time'
import type { Visit } from '@/app/_shell/visit'
import { Quiet } from '@/app/_ui/card'
import { Disclosure } from '@/app/_ui/disclosure'
import { Choices, errorFor, TextArea, TextField } from '@/app/_ui/form'
import { MomentField } from '@/app/_ui/moment-field'
import { SelectField } from '@/app/_ui/select-field'
import { promiseSlots } from '@/app/admin/incidents/statement-form'
import { componentStatuses } from '@/domain/incident/incident-inputs'
import type { Both } from '@/domain/incident/public-status'
import { categories } from '@/domain/record/category'

export interface FieldsProps {
  visit: Visit
  form: FormState
}

/** Two fields side by side, the same in English and in French; one under the other where there is no room. */
export function SideBySide({ children }: { children: React.ReactNode }) {
  return <div className="grid items-end gap-4 sm:grid-cols-2 [&>*]:min-w-0">{children}</div>
}

/** A line of text in both languages: `name` is of both, "title" for titleEn and titleFr. */
export function LinePair({
  visit: { t },
  form,
  name,
  label,
  hint,
  value,
}: FieldsProps & { name: string; label: string; hint?: string; value?: Both | undefined }) {
  return (
    <SideBySide>
      {(['en', 'fr'] as const).map(language => {
        const field = `${name}${language === 'en' ? 'En' : 'Fr'}`
        return (
          <TextField
            key={field}
            name={field}
            lang={language}
            label={t(`incidents.inLanguage.${language}`, { what: label })}
            hint={hint}
            error={errorFor(form.errors, field)}
            value={form.value(field) ?? value?.[language]}
          />
        )
      })}
    </SideBySide>
  )
}

/** A text in both languages. */
export function TextPair({
  visit: { t },
  form,
  name,
  label,
  hint,
  rows = 8,
  value,
}: FieldsProps & { name: string; label: string; hint?: string; rows?: number; value?: Both }) {
  return (
    <div className="grid gap-1.5">
      {hint === undefined ? null : <Quiet>{hint}</Quiet>}
      <SideBySide>
        {(['en', 'fr'] as const).map(language => {
          const field = `${name}${language === 'en' ? 'En' : 'Fr'}`
          return (
            <TextArea
              key={field}
              name={field}
              lang={language}
              rows={rows}
              label={t(`incidents.inLanguage.${language}`, { what: label })}
              error={errorFor(form.errors, field)}
              value={form.value(field) ?? value?.[language]}
            />
          )
        })}
      </SideBySide>
    </div>
  )
}

/** A moment as the form has it, else as given, on the clock whose zone stands beside. */
export function Moment({
  visit: { timeZone },
  form,
  name,
  label,
  hint,
  at = null,
}: FieldsProps & { name: string; label: string; hint?: string; at?: Date | null }) {
  const zone = form.value('zone') ?? timeZone
  return (
    <MomentField
      name={name}
      label={label}
      hint={hint}
      error={errorFor(form.errors, name)}
      value={form.value(name) ?? (at === null ? undefined : clockIn(zone, at))}
      zone={zone}
    />
  )
}

export function Tell({ visit: { t }, form }: FieldsProps) {
  return (
    <Choices
      kind="radio"
      name="tell"
      legend={t('incidents.say.tell')}
      hint={t('incidents.say.tellHint')}
      error={errorFor(form.errors, 'tell')}
      choices={[
        { value: 'yes', label: t('incidents.say.tellYes') },
        { value: 'no', label: t('incidents.say.tellNo') },
      ]}
      chosen={[form.value('tell') ?? (form.returned ? '' : 'yes')]}
    />
  )
}

/** How each part of the service fares from now on. */
export function ComponentFields({
  visit: { t, language },
  form,
  components,
  fares = {},
}: FieldsProps & {
  components: { id: string; name: Both; group: Both | null }[]
  /** As last said, by id. */
  fares?: Record<string, (typeof componentStatuses)[number]>
}) {
  if (components.length === 0) return <Quiet>{t('incidents.say.noComponents')}</Quiet>
  const error = errorFor(form.errors, 'components')
  return (
    <fieldset id="components" tabIndex={-1} className="grid min-w-0 gap-3 outline-none">
      <legend className="mb-2 font-semibold">{t('incidents.say.components')}</legend>
      <Quiet>{t('incidents.say.componentsHint')}</Quiet>
      {error === undefined ? null : <p className="font-semibold text-bad">{error}</p>}
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {components.map(({ id, name, group }) => (
          <SelectField
            key={id}
            name={`component.${id}`}
            label={
              group ? t('incidents.say.inGroup', { group: group[language], name: name[language] }) : name[language]
            }
            value={form.returned ? (form.value(`component.${id}`) ?? '') : (fares[id] ?? '')}
            options={[
              { value: '', label: t('incidents.say.notTouched') },
              ...componentStatuses.map(status => ({ value: status, label: t(`statusPage.component.${status}`) })),
            ]}
          />
        ))}
      </div>
    </fieldset>
  )
}

/** Promises beside that of the next statement. */
export function PromiseFields({ visit, form }: FieldsProps) {
  const { t } = visit
  const begun = promiseSlots.some(n => ['Category', 'En', 'Fr', 'Due'].some(part => form.value(`promise${part}${n}`)))
  return (
    <Disclosure summary={t('incidents.say.promises')} open={begun}>
      <div className="grid gap-6">
        <Quiet>{t('incidents.say.promisesHint')}</Quiet>
        {promiseSlots.map(n => (
          <fieldset key={n} className="grid min-w-0 gap-3 border-line border-l-2 pl-4">
            <legend className="font-semibold">{t('incidents.say.promise', { number: n + 1 })}</legend>
            <div className="max-w-md">
              <SelectField
                name={`promiseCategory${n}`}
                label={t('incidents.say.promiseCategory')}
                error={errorFor(form.errors, `promiseCategory${n}`)}
                value={form.value(`promiseCategory${n}`) ?? ''}
                options={[
                  { value: '', label: t('incidents.say.promiseOther') },
                  ...categories.map(one => ({
                    value: one,
                    label: t('statusPage.promises.category', { category: t(`statusPage.category.${one}`) }),
                  })),
                ]}
              />
            </div>
            <SideBySide>
              {(['En', 'Fr'] as const).map(end => (
                <TextField
                  key={end}
                  name={`promise${end}${n}`}
                  lang={end === 'En' ? 'en' : 'fr'}
                  label={t(`incidents.inLanguage.${end === 'En' ? 'en' : 'fr'}`, {
                    what: t('incidents.say.promiseText'),
                  })}
                  error={errorFor(form.errors, `promise${end}${n}`)}
                  value={form.value(`promise${end}${n}`)}
                />
              ))}
            </SideBySide>
            <Moment visit={visit} form={form} name={`promiseDue${n}`} label={t('incidents.say.promiseDue')} />
          </fieldset>
        ))}
      </div>
    </Disclosure>
  )
}

/** For what was said elsewhere before: it is shown as entered afterwards. */
export function SaidBefore({ visit, form }: FieldsProps) {
  const { t } = visit
  return (
    <Disclosure summary={t('incidents.say.before')} open={Boolean(form.value('saidAt'))}>
      <Moment
        visit={visit}
        form={form}
        name="saidAt"
        label={t('incidents.say.saidAt')}
        hint={t('incidents.say.saidAtHint')}
      />
    </Disclosure>
  )
}
