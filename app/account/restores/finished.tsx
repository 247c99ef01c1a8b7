import type { Visit } from '@/app/_shell/visit'
import { recordsInWords } from '@/app/_shell/words'
import { Acts, LinkButton } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { CountsTable } from '@/app/account/restores/counts-table'
import { type ReasonCount, reasonsOf } from '@/app/account/restores/reasons-of'
import { UndoOffer } from '@/app/account/restores/undo-offer'
import type { Category } from '@/domain/record/category'
import type { RequestView } from '@/domain/restore/find-requests'
import { readReport } from '@/domain/restore/read-report'

/** The report: first what is not in the account and why, then what is, then every number. */
export async function Finished({ visit, request }: { visit: Visit; request: RequestView }) {
  const { t, dates, actor } = visit
  const { id, finishedAt } = request
  const [report, reasons] = await Promise.all([readReport(actor, id), reasonsOf(visit, id)])
  const rows = Object.values(report.categories)
  const found = rows.reduce((sum, row) => sum + row.found, 0)
  const missing = rows.reduce((sum, row) => sum + row.skipped + row.failed, 0)
  const notFound: Partial<Record<Category, number>> = {}
  for (const [category, row] of Object.entries(report.categories))
    notFound[category as Category] = row.expected === null ? 0 : Math.max(0, row.expected - row.found)
  const gone = recordsInWords(visit, notFound)
  const absent = reasons.filter(({ outcome }) => outcome === 'skipped' || outcome === 'failed')
  const also = reasons.filter(({ outcome }) => outcome !== 'skipped' && outcome !== 'failed')
  return (
    <>
      <Part>
        <h1>{titleOf(visit, { missing, found, gone })}</h1>
        <p>
          {t('requests.report.back', { back: found - missing, found })}{' '}
          {finishedAt === null ? null : t('requests.report.lead', { moment: dates.moment(finishedAt) })}
        </p>
      </Part>
      {absent.length > 0 || gone !== '' ? (
        <Card>
          <Part>
            <h2>{t('requests.report.notThere')}</h2>
            {absent.length === 0 ? null : <Reasons visit={visit} reasons={absent} request={request} />}
            {gone === '' ? null : (
              <p>
                <strong className="num">{gone}</strong>: {t('requests.report.notFound')}.{' '}
                <a href="/account/missing">{t('account.home.seeWhy')}</a>
              </p>
            )}
          </Part>
        </Card>
      ) : null}
      {also.length > 0 ? (
        <Part>
          <h2>{t('requests.report.also')}</h2>
          <Reasons visit={visit} reasons={also} request={request} />
        </Part>
      ) : null}
      <Card>
        <Part>
          <h2>{t('requests.report.counts')}</h2>
          <CountsTable visit={visit} report={report} />
          <Quiet>{t('requests.report.definition')}</Quiet>
        </Part>
      </Card>
      <UndoOffer visit={visit} request={request} />
      <Acts>
        {reasons.length > 0 ? (
          <LinkButton look="plain" href={`/account/restores/${id}/report`}>
            {t('requests.report.more')}
          </LinkButton>
        ) : (
          <p>{t('requests.report.nothingMore')}</p>
        )}
        <a className="inline-flex min-h-11 items-center" href="/account/restore">
          {t('requests.report.again')}
        </a>
      </Acts>
    </>
  )
}

/** What is not back stands in the title, also where it was in no backup to begin with. */
function titleOf({ t }: Visit, { missing, found, gone }: { missing: number; found: number; gone: string }): string {
  if (missing === 0)
    return gone === '' ? t('requests.report.titleAll') : t('requests.report.titleLost', { records: gone })
  return missing === found ? t('requests.report.titleNothing') : t('requests.report.titleSome', { count: missing })
}

function Reasons({ visit, reasons, request }: { visit: Visit; reasons: ReasonCount[]; request: RequestView }) {
  const { t } = visit
  return (
    <ul className="grid gap-3">
      {reasons.map(({ outcome, reason, counts }) => (
        <li key={`${outcome} ${reason}`} className="max-w-none">
          <strong className="num">{recordsInWords(visit, counts)}</strong>
          {' – '}
          {reason === null ? t(`reasons.outcomes.${outcome}`) : t(`reasons.outcome.${reason}`)}{' '}
          <a
            className="screen-only"
            href={`/account/restores/${request.id}/report?outcome=${outcome}${reason === null ? '' : `&reason=${reason}`}`}
          >
            {t('requests.report.see')}
          </a>
        </li>
      ))}
    </ul>
  )
}
