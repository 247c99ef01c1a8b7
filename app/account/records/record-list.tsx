import type { Visit } from '@/app/_shell/visit'
import { damageInWords, missingInWords } from '@/app/_shell/words'
import { type Standing, StandingIcon } from '@/app/_ui/icon'
import { standingInk } from '@/app/_ui/standing'
import { inShort } from '@/app/account/records/field-value'
import type { RecordState, RecordView } from '@/domain/record/record-view'

export const stateStanding: Record<RecordState, Standing> = { complete: 'ok', partial: 'you', damaged: 'gone' }

export const recordHref = ({ holdingId, ordinal }: Pick<RecordView, 'holdingId' | 'ordinal'>): string =>
  `/account/records/${holdingId}/${ordinal}`

export function recordTitle({ t }: Pick<Visit, 't'>, { title, state, ordinal }: RecordView): string {
  if (title !== null) return title
  return state === 'damaged'
    ? t('account.records.damagedTitle', { number: ordinal + 1 })
    : t('account.records.untitled')
}

/** Names, what they say in one line, and what is missing from them. `hrefOf`: where each is shown, for its owner unless said otherwise. */
export function RecordList({
  visit,
  records,
  caption,
  hrefOf = recordHref,
}: {
  visit: Visit
  records: RecordView[]
  caption: string
  hrefOf?: typeof recordHref
}) {
  const { t } = visit
  return (
    <ul aria-label={caption} className="-my-3 divide-y divide-line">
      {records.map(record => (
        <li
          key={record.ordinal}
          className="relative grid max-w-none gap-x-6 py-3 hover:bg-accent-tint sm:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]"
        >
          <div className="min-w-0">
            <a href={hrefOf(record)} className="inline-block py-1 font-semibold after:absolute after:inset-0">
              {recordTitle(visit, record)}
            </a>
          </div>
          <div className="min-w-0 py-1 text-note">
            <p className="num">{inShort(visit, record)}</p>
            {record.state === 'complete' ? null : (
              <p className={`flex items-start gap-2 ${standingInk[stateStanding[record.state]]}`}>
                <StandingIcon standing={stateStanding[record.state]} className="mt-1 size-4" />
                {record.state === 'partial'
                  ? t('account.records.missing', { fields: missingInWords(visit, record.missing) })
                  : damageInWords(visit, record.damage)}
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}
