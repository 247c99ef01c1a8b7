import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { StandingTag } from '@/app/_ui/standing'
import { spoken } from '@/app/account/spoken'
import type { PublicPromise } from '@/domain/incident/public-status'
import { promiseMarks } from '@/messages/status-page/marks'

/** What was promised in public, and whether it was kept. */
export function Promises({ visit, promises }: { visit: Visit; promises: PublicPromise[] }) {
  const { t, dates } = visit
  if (promises.length === 0) return null
  return (
    <Part>
      <h2>{t('statusPage.promises.heading')}</h2>
      <Card>
        <ul className="divide-y divide-line">
          {promises.map(one => (
            <li key={one.id} className="grid max-w-none gap-1 py-3 first:pt-0 last:pb-0">
              <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                <span>{promised(visit, one)}</span>
                <StandingTag standing={promiseMarks[one.status]}>{t(`statusPage.promises.${one.status}`)}</StandingTag>
              </div>
              <Quiet>
                {[
                  one.text !== null && one.kind === 'category_back' ? spoken(visit, one.text) : null,
                  t('statusPage.promises.due', { moment: dates.moment(one.dueAt) }),
                  one.status === 'pending' && one.dueAt < new Date() ? t('statusPage.promises.overdue') : null,
                  one.keptLateAt && t('statusPage.promises.late', { moment: dates.moment(one.keptLateAt) }),
                ]
                  .filter(said => said !== null)
                  .join(' · ')}
              </Quiet>
            </li>
          ))}
        </ul>
      </Card>
    </Part>
  )
}

function promised(visit: Visit, { kind, category, text }: PublicPromise): string {
  const { t } = visit
  if (kind !== 'next_update' && category !== null)
    return t('statusPage.promises.category', { category: t(`shell.categories.${category}`) })
  return kind === 'next_update' || text === null ? t('statusPage.promises.nextUpdate') : spoken(visit, text)
}
