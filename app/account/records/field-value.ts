import type { Visit } from '@/app/_shell/visit'
import type { RecordDate, RecordField, RecordView } from '@/domain/record/record-view'
import { sentenceFor } from '@/messages/translate'

type Speaker = Pick<Visit, 't' | 'dates' | 'language'>

/** A field's value as text. A date of the calendar is shown in its own zone, because that is where it takes place. */
export function fieldText(speaker: Speaker, field: RecordField): string {
  const { t, dates, language } = speaker
  const { name, value } = field
  if (typeof value === 'number') {
    if (name === 'size') return dates.size(value)
    return name === 'repeats' ? t('account.record.yes') : dates.number(value)
  }
  if (typeof value === 'string') {
    if (name === 'status') return sentenceFor(language, 'account.statuses', value) ?? value
    return name === 'photo' ? t('account.record.yes') : value
  }
  return dateText(speaker, value, name === 'end')
}

/** "home, mobile" */
export function kindsText({ language }: Speaker, kinds: readonly string[]): string {
  return kinds.map(kind => sentenceFor(language, 'account.kinds', kind) ?? kind).join(', ')
}

function dateText({ t, dates }: Speaker, { text, date, tzid, allDay }: RecordDate, isEnd: boolean): string {
  if (date === null) return text
  if (allDay) {
    const day = new Date(`${date}T00:00:00Z`)
    // The end of an all-day event is the first day after it (RFC 5545 section 3.6.1).
    if (isEnd) day.setUTCDate(day.getUTCDate() - 1)
    return dates.day(day, 'UTC')
  }
  if (date.endsWith('Z')) return dates.moment(new Date(date))
  const local = dates.local(new Date(`${date}Z`))
  return tzid === null ? t('account.record.floating', { when: local }) : `${local} (${tzid})`
}

/** One line about a record for a list: what people know it by. */
export function inShort(speaker: Speaker, { fields, category }: RecordView): string {
  const first = (...names: RecordField['name'][]) =>
    names.flatMap(name => fields.find(field => field.name === name) ?? []).map(field => fieldText(speaker, field))
  if (category === 'contacts') return first('phone', 'email', 'organization').slice(0, 2).join(' · ')
  if (category === 'calendar') return first('start', 'location').join(' · ')
  if (category === 'tasks') return first('due', 'status').join(' · ')
  if (category === 'photos') return first('size').join('')
  const [text = ''] = first('description')
  return text.length > 90 ? `${text.slice(0, 90).trimEnd()}…` : text
}
