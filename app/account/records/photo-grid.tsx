import type { Visit } from '@/app/_shell/visit'
import { damageInWords, missingInWords } from '@/app/_shell/words'
import { StandingIcon } from '@/app/_ui/icon'
import { standingInk } from '@/app/_ui/standing'
import { inShort } from '@/app/account/records/field-value'
import { recordHref, recordTitle, stateStanding } from '@/app/account/records/record-list'
import type { RecordView } from '@/domain/record/record-view'

/** Small pictures with their names; an unreadable one shows as what it is. `hrefOf` as in the list. */
export function PhotoGrid({
  visit,
  records,
  hrefOf = recordHref,
}: {
  visit: Visit
  records: RecordView[]
  hrefOf?: typeof recordHref
}) {
  const { t } = visit
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,11rem),1fr))] gap-4">
      {records.map(record => (
        <li
          key={record.ordinal}
          className="relative grid content-start gap-2 rounded-card border border-line bg-card p-3"
        >
          {record.state === 'damaged' ? (
            <div className={`flex aspect-[4/3] items-center justify-center rounded bg-gone-tint ${standingInk.gone}`}>
              <StandingIcon standing="gone" className="size-10" />
            </div>
          ) : (
            // biome-ignore lint/performance/noImgElement: the preview is made small by our own route
            <img
              src={`${hrefOf(record)}/preview?size=small`}
              alt=""
              loading="lazy"
              decoding="async"
              width={320}
              height={240}
              className="aspect-[4/3] w-full rounded bg-gone-tint object-cover"
            />
          )}
          <a href={hrefOf(record)} className="min-w-0 break-words font-semibold text-note after:absolute after:inset-0">
            {recordTitle(visit, record)}
          </a>
          <p className="num text-note text-quiet">{inShort(visit, record)}</p>
          {record.state === 'complete' ? null : (
            <p className={`flex items-start gap-2 text-note ${standingInk[stateStanding[record.state]]}`}>
              <StandingIcon standing={stateStanding[record.state]} className="mt-1 size-4" />
              {record.state === 'partial'
                ? t('account.records.missing', { fields: missingInWords(visit, record.missing) })
                : damageInWords(visit, record.damage)}
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}
