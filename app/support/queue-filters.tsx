import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Disclosure } from '@/app/_ui/disclosure'
import { errorFor, type FieldError, Form, TextField } from '@/app/_ui/form'
import { SelectField } from '@/app/_ui/select-field'
import { type Named, valueWords } from '@/app/support/filter-words'
import { addressOf, boxOf } from '@/app/support/queue-address'
import { filterChoices, type QueueField, type QueueFilter, queueFields } from '@/domain/triage/queue-filter'

interface Narrowing {
  visit: Visit
  filter: QueueFilter
  newestFirst: boolean
  named: Named
}

/** Every way to narrow the list, as a form that asks for another page. */
export function QueueFilters({ errors, open, ...list }: Narrowing & { errors: FieldError[]; open: boolean }) {
  const { t } = list.visit
  return (
    <Disclosure summary={t('queue.narrow')} open={open}>
      <Form method="get" action="/support">
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
          {queueFields.map(field => (
            <Field key={field} field={field} error={errorFor(errors, boxOf(field))} {...list} />
          ))}
          <SelectField
            name="order"
            label={t('queue.fields.order')}
            value={list.newestFirst ? 'newest' : ''}
            options={[
              { value: '', label: t('queue.orders.longest') },
              { value: 'newest', label: t('queue.orders.newest') },
            ]}
          />
        </div>
        <div>
          <Button look="plain">{t('queue.apply')}</Button>
        </div>
      </Form>
    </Disclosure>
  )
}

function Field({ field, error, visit, filter, named }: Narrowing & { field: QueueField; error: string | undefined }) {
  const { t } = visit
  const common = { name: boxOf(field), label: t(`queue.fields.${field}`), ...(error !== undefined && { error }) }
  const value = filter[field]
  if (field === 'tag' || field === 'waited')
    return (
      <TextField
        {...common}
        type="text"
        value={value === undefined ? '' : String(value)}
        {...(field === 'waited' && { inputMode: 'numeric' as const })}
      />
    )
  // Several states are asked for by views alone: a box shows one.
  const chosen = Array.isArray(value) ? (value.length === 1 ? value[0] : undefined) : value
  const options =
    field === 'carrier' || field === 'batch' || field === 'incident'
      ? named[lists[field]].map(({ id, name }) => ({ value: id, label: name }))
      : filterChoices[field].map(one => ({ value: one, label: wordOf(visit, field, one) }))
  const any = { value: field === 'state' ? 'all' : '', label: t('queue.any') }
  return <SelectField {...common} value={String(chosen ?? any.value)} options={[any, ...options]} />
}

const lists = { carrier: 'carriers', batch: 'batches', incident: 'incidents' } as const

function wordOf(visit: Visit, field: QueueField, one: string): string {
  const filter = { [field]: field === 'state' ? [one] : one } as QueueFilter
  return valueWords(visit, field, filter, { carriers: [], batches: [], incidents: [] }).join('')
}

/** What the list is narrowed to, each with a link that takes it away. */
export function FilterChips({ visit, filter, newestFirst, named }: Narrowing) {
  const { t, dates } = visit
  const chips = queueFields.flatMap(field => {
    const words = valueWords(visit, field, filter, named)
    return words.length === 0 ? [] : [{ field, value: dates.list(words) }]
  })
  if (chips.length === 0) return null
  return (
    <ul aria-label={t('queue.narrowed')} className="screen-only flex flex-wrap gap-2">
      {chips.map(({ field, value }) => {
        const { [field]: _, ...rest } = filter
        return (
          <li key={field}>
            <a
              href={addressOf(rest, newestFirst)}
              className="inline-flex min-h-8 items-center gap-2 rounded-full bg-accent-tint px-3 text-ink no-underline hover:text-ink hover:underline"
            >
              <span>
                {t('queue.chip', { field: t(`queue.fields.${field}`) })} <b>{value}</b>
              </span>
              <span aria-hidden="true">×</span>
              <span className="sr-only">{t('queue.drop')}</span>
            </a>
          </li>
        )
      })}
    </ul>
  )
}
