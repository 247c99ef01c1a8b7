import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { Choices, errorFor, TextArea, TextField } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import type { FoundNotice } from '@/domain/notice/find-notice'
import type { IncidentChoice } from '@/domain/notice/list-incident-choices'
import type { textNames } from '@/domain/notice/notice-inputs'
import { noticeVariables } from '@/domain/notice/notice-text'

type FieldName = (typeof textNames)[number] | 'correctionEn' | 'correctionFr'

export interface EditProps {
  visit: Visit
  notice: FoundNotice
  form: FormState
}

/** English and French side by side, each with title, text and text message. */
export function TextFields({ visit, notice, form, incidents }: EditProps & { incidents: IncidentChoice[] }) {
  const { t, dates, language: spoken } = visit
  const saved = (name: FieldName): string =>
    name === 'correctionEn'
      ? (notice.endReasonEn ?? '')
      : name === 'correctionFr'
        ? (notice.endReasonFr ?? '')
        : notice[name]
  const field = (name: FieldName, hint?: string) => {
    // What was too long for the way back must not look as if it had been taken.
    const lost = form.returned && form.value(name) === undefined
    const value = form.value(name) ?? saved(name)
    return { name, error: errorFor(form.errors, name), value, hint: lost ? t('notices.edit.notKept') : hint }
  }
  return (
    <>
      <div className="grid gap-5 lg:grid-cols-2 [&>*]:min-w-0">
        {(['En', 'Fr'] as const).map(language => (
          <Card key={language}>
            <fieldset className="grid min-w-0 gap-4">
              <legend className="mb-2 font-semibold text-[1.125rem]">{t(`notices.edit.language.${language}`)}</legend>
              <TextField {...field(`title${language}`)} label={t(`notices.fields.title${language}`)} />
              <TextArea
                {...field(`body${language}`, t('notices.edit.bodyHint'))}
                rows={12}
                label={t(`notices.fields.body${language}`)}
              />
              <TextArea
                {...field(`sms${language}`, t('notices.edit.smsHint'))}
                rows={3}
                label={t(`notices.fields.sms${language}`)}
              />
              {notice.corrects === null ? null : (
                <TextArea
                  {...field(
                    `correction${language}`,
                    t('notices.edit.correctionHint', { number: String(notice.corrects.number) }),
                  )}
                  rows={2}
                  label={t(`notices.fields.correction${language}`)}
                />
              )}
            </fieldset>
          </Card>
        ))}
      </div>
      <Card>
        <Part>
          <Choices
            kind="checkbox"
            name="oneLanguage"
            legend={t('notices.edit.oneLanguageLegend')}
            error={errorFor(form.errors, 'oneLanguage')}
            choices={[{ value: 'yes', label: t('notices.edit.oneLanguage'), hint: t('notices.edit.oneLanguageHint') }]}
            chosen={form.returned ? form.values('oneLanguage') : notice.oneLanguage ? ['yes'] : []}
          />
          <div>
            <p className="font-semibold">{t('notices.edit.variables')}</p>
            <ul className="mt-1 flex flex-wrap gap-x-6 gap-y-1">
              {noticeVariables.map(name => (
                <li key={name}>
                  <code className="[overflow-wrap:anywhere]">{`{{${name}}}`}</code>{' '}
                  <Quiet className="inline">{t(`notices.edit.variable.${keyOf(name)}`)}</Quiet>
                </li>
              ))}
            </ul>
          </div>
          <Choices
            kind="radio"
            name="incident"
            legend={t('notices.edit.incident')}
            error={errorFor(form.errors, 'incident') ?? errorFor(form.errors, 'incidentId')}
            choices={[
              { value: '', label: t('notices.edit.noIncident') },
              ...incidents.map(one => ({
                value: one.id,
                label: spoken === 'fr' ? one.titleFr : one.titleEn,
                hint: dates.day(one.startedAt),
              })),
            ]}
            chosen={[(form.returned ? form.value('incident') : undefined) ?? notice.incidentId ?? '']}
          />
        </Part>
      </Card>
    </>
  )
}

const keys = {
  'subscriber.name': 'subscriberName',
  'carrier.name': 'carrierName',
  'incident.title': 'incidentTitle',
  'portal.url': 'portalUrl',
  'notice.number': 'noticeNumber',
} as const satisfies Record<(typeof noticeVariables)[number], string>
const keyOf = (name: keyof typeof keys) => keys[name]
