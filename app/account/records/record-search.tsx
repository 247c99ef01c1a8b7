import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Form, TextField } from '@/app/_ui/form'
import type { HoldingView } from '@/domain/record/find-holding'
import { type RecordState, recordStates } from '@/domain/record/record-view'

/** A search that is a link to its own result, and the states to narrow it to. */
export function RecordSearch({
  visit: { t, dates },
  holding,
  search,
  state,
  href,
}: {
  visit: Visit
  holding: HoldingView
  search: string
  state: RecordState | null
  href: (to: { q?: string; show?: string | null }) => string
}) {
  const label = holding.category === 'photos' ? t('account.records.searchPhotos') : t('account.records.search')
  return (
    <search className="screen-only grid gap-4">
      <Form method="get" action={`/account/records/${holding.id}`} hidden={{ show: state }}>
        <div className="flex flex-wrap items-end gap-3">
          <div className="min-w-0 grow basis-72">
            <TextField name="q" type="search" label={label} value={search} />
          </div>
          <Button look="plain">{t('account.records.go')}</Button>
        </div>
      </Form>
      <p className="flex flex-wrap items-center gap-x-5 text-note">
        <span className="text-quiet">{t('account.records.filter')}</span>
        {([null, ...recordStates] as const).map(one => {
          const count = one === null ? holding.found : holding[one]
          if (count === 0 && one !== state) return null
          return (
            <a
              key={one ?? 'all'}
              href={href({ show: one })}
              aria-current={one === state ? 'true' : undefined}
              className={`num inline-flex min-h-11 items-center ${one === state ? 'font-semibold text-ink no-underline' : ''}`}
            >
              {`${t(`account.records.${one ?? 'all'}`)} (${dates.number(count)})`}
            </a>
          )
        })}
        {search === '' ? null : (
          <a className="inline-flex min-h-11 items-center" href={href({ q: '' })}>
            {t('account.records.clear')}
          </a>
        )}
      </p>
    </search>
  )
}
