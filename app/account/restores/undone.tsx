import { outside } from '@/app/_shell/outside'
import type { Visit } from '@/app/_shell/visit'
import { Acts, LinkButton } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { Table } from '@/app/_ui/table'
import { Unseen } from '@/app/account/restores/unseen'
import type { RequestView } from '@/domain/restore/find-requests'
import { undoOutcomes } from '@/domain/restore/outcome'
import { readReport, readUndoOutcomes, type UndoneRecord } from '@/domain/restore/read-report'

const mostShown = 200

/** What an undo took back, and before that what it could not or would not. */
export async function Undone({ visit, request }: { visit: Visit; request: RequestView }) {
  const { t, dates, actor } = visit
  const { undo = {} } = await readReport(actor, request.id)
  const sums = undoOutcomes.flatMap(outcome => {
    const count = Object.values(undo).reduce((sum, counts) => sum + (counts?.[outcome] ?? 0), 0)
    return count === 0 ? [] : [{ outcome, count }]
  })
  const left: UndoneRecord[] = []
  for await (const record of readUndoOutcomes(actor, outside(), request.id)) {
    if (left.length >= mostShown) break
    left.push(record)
  }
  return (
    <>
      <Part>
        <h1>{t('requests.undo.doneTitle')}</h1>
        {request.finishedAt === null ? null : (
          <p>{t('requests.undo.doneText', { moment: dates.moment(request.finishedAt) })}</p>
        )}
        {sums.length === 0 ? <p>{t('requests.undo.nothing')}</p> : null}
        <ul className="num grid gap-1">
          {sums.map(({ outcome, count }) => (
            <li key={outcome}>{t(`requests.undo.counts.${outcome}`, { count })}.</li>
          ))}
        </ul>
      </Part>
      {left.length === 0 ? null : (
        <Card>
          <Part>
            <h2>{t('requests.undo.listHeading')}</h2>
            {left.some(({ record }) => record.unseen) ? <Unseen visit={visit} request={request} /> : null}
            {left.some(({ record }) => record.heldBack) ? <p>{t('requests.report.heldBackText')}</p> : null}
            <Table
              caption={t('requests.undo.listHeading')}
              columns={[{ head: t('requests.report.record') }, { head: t('requests.report.why') }]}
              rows={left.map(record => ({
                key: `${record.category} ${record.record.file} ${record.record.ordinal}`,
                cells: [nameOf(visit, record), whyLeft(visit, record)],
              }))}
            />
          </Part>
        </Card>
      )}
      <Quiet>{t('requests.undo.stays')}</Quiet>
      <Acts>
        <LinkButton href="/account/restore">{t('account.home.restore')}</LinkButton>
      </Acts>
    </>
  )
}

function nameOf({ t }: Visit, { record }: UndoneRecord): string {
  if (record.heldBack) return t('requests.report.heldBack')
  return record.unseen ? t('identity.content.unseen') : (record.title ?? t('account.records.untitled'))
}

function whyLeft({ t }: Visit, { outcome, reason }: UndoneRecord): string {
  if (reason === 'changed-since') return t('reasons.undo.changed-since')
  return outcome === 'gone' ? t('reasons.undo.goneBecause') : t('reasons.undo.failedBecause')
}
