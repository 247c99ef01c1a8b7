import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Facts, Quiet } from '@/app/_ui/card'
import { errorFor, Form, TextArea, TextField } from '@/app/_ui/form'
import type { readService } from '@/domain/triage/read-service'
import { targetFields, weekdays } from '@/domain/triage/service-inputs'
import { extraDaysText, shiftsText, targetText } from '@/domain/triage/service-text'

type Saved = Awaited<ReturnType<typeof readService>>

interface Props {
  visit: Visit
  carrierId: string
  saved: Saved
  form: FormState
  /** False: whoever looks may not change it. */
  manages: boolean
}

/** A carrier's hours and targets, to change or to read. */
export function ServiceForm({ visit, carrierId, saved, form, manages }: Props) {
  const { t, formToken } = visit
  const fields = fieldsOf(visit, saved)
  if (!manages) {
    const shown = fields.filter(({ value }) => value !== '')
    return <Facts rows={shown.map(({ label, value }) => ({ term: label, value: lines(value) }))} />
  }
  const { calendarVersion, targetVersion } = saved
  const field = ({ name, label, value, hint, long }: Field) => {
    const props = { name, label, value: form.value(name) ?? value, ...(hint && { hint }) }
    const error = errorFor(form.errors, name)
    const more = error === undefined ? {} : { error }
    return long ? (
      <TextArea key={name} {...props} {...more} rows={5} />
    ) : (
      <TextField key={name} {...props} {...more} autoComplete="off" narrow />
    )
  }
  const part = (...names: string[]) => fields.filter(({ name }) => names.includes(name)).map(field)
  return (
    <Form
      action="/admin/service/save"
      token={formToken}
      hidden={{ carrierId, calendarVersion: String(calendarVersion), targetVersion: String(targetVersion) }}
    >
      {part('zone')}
      <Quiet>{t('service.weekHint')}</Quiet>
      <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-3">{part(...weekdays)}</div>
      <div className="grid items-start gap-4 sm:grid-cols-2">{part('holidays', 'extraDays')}</div>
      <h2>{t('service.targets')}</h2>
      <Quiet>{t('service.targetsHint')}</Quiet>
      <div className="grid items-start gap-4 sm:grid-cols-3">{part(...targetFields.map(({ field }) => field))}</div>
      <div className="flex flex-wrap gap-2">
        <Button name="act" value="save">
          {t('service.save')}
        </Button>
        <Button look="plain" name="act" value="show">
          {t('service.show')}
        </Button>
      </div>
    </Form>
  )
}

interface Field {
  name: string
  label: string
  value: string
  hint?: string
  long?: boolean
}

function fieldsOf({ t }: Visit, { calendar, targets }: Saved): Field[] {
  return [
    { name: 'zone', label: t('service.zone'), value: calendar.zone, hint: t('service.zoneHint') },
    ...weekdays.map((name, at) => ({
      name,
      label: t(`service.weekday.${name}`),
      value: shiftsText(calendar.week.filter(({ weekday }) => weekday === at + 1)),
    })),
    {
      ...{ name: 'holidays', label: t('service.holidays'), value: calendar.holidays.join('\n') },
      ...{ hint: t('service.holidaysHint'), long: true },
    },
    {
      ...{ name: 'extraDays', label: t('service.extraDays'), value: extraDaysText(calendar.extraDays) },
      ...{ hint: t('service.extraDaysHint'), long: true },
    },
    ...targetFields.map(({ priority, clock, field: name }) => ({
      name,
      label: t('service.target', {
        clock: t(`service.clocks.${clock}`),
        priority: t(`service.priorities.${priority}`),
      }),
      value: targetText(targets[priority][clock]),
    })),
  ]
}

const lines = (text: string) => <span className="whitespace-pre-line">{text}</span>
