import { notFound } from 'next/navigation'
import { outside } from '@/app/_shell/outside'
import { page } from '@/app/_shell/page'
import { LinkButton } from '@/app/_ui/button'
import { Quiet } from '@/app/_ui/card'
import { Page, Part } from '@/app/_ui/page'
import { StandingTag } from '@/app/_ui/standing'
import { RecordBody } from '@/app/account/records/record-body'
import { recordTitle, stateStanding } from '@/app/account/records/record-list'
import { readRecord } from '@/domain/record/read-record'

/** One recovered record: everything it says, what is missing from it, and honestly when it cannot be read. */
export default page('/account/records/[id]/[ordinal]', async (visit, { params }) => {
  const { t, dates, actor } = visit
  const ordinal = Number(params.ordinal)
  if (!/^\d{1,9}$/.test(params.ordinal ?? '')) notFound()
  const { holding, record } = await readRecord(actor, outside().storage, { holdingId: params.id ?? '', ordinal })
  const { category, id, found, asOf } = holding
  const title = recordTitle(visit, record)
  const here = `/account/records/${id}`
  return (
    <Page
      title={title}
      errorPrefix={t('shell.errorPrefix')}
      back={{ href: `${here}?page=${Math.floor(ordinal / 50) + 1}`, label: t(`shell.categories.${category}`) }}
    >
      <Part>
        <div className="flex flex-wrap items-center gap-3">
          <StandingTag standing={stateStanding[record.state]}>{t(`account.records.${record.state}`)}</StandingTag>
        </div>
        <h1>{title}</h1>
        <Quiet>
          {t('account.record.of', { category: t(`shell.categoriesInline.${category}`), day: dates.day(asOf) })}
        </Quiet>
      </Part>
      <RecordBody visit={visit} record={record} title={title} preview={`${here}/${ordinal}/preview`} />
      {record.state === 'damaged' || category === 'photos' ? (
        <div>
          <LinkButton look="plain" href={`${here}/${ordinal}/original`}>
            {t('account.record.download')}
          </LinkButton>
        </div>
      ) : null}
      <nav aria-label={t('shell.pager.label')} className="screen-only flex flex-wrap items-center gap-6">
        {ordinal > 0 ? (
          <a className="inline-flex min-h-11 items-center" href={`${here}/${ordinal - 1}`}>
            {t('account.record.previous')}
          </a>
        ) : null}
        <span className="num text-note text-quiet">
          {t('account.record.position', { number: ordinal + 1, count: found })}
        </span>
        {ordinal + 1 < found ? (
          <a className="inline-flex min-h-11 items-center" href={`${here}/${ordinal + 1}`}>
            {t('account.record.next')}
          </a>
        ) : null}
      </nav>
    </Page>
  )
})
