import type { Visit } from '@/app/_shell/visit'
import { Quiet } from '@/app/_ui/card'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StandingTag } from '@/app/_ui/standing'
import { When } from '@/app/_ui/when'
import { stateOf, whyHere } from '@/app/support/request-words'
import { NextBreach } from '@/app/support/service-words'
import { categories as all } from '@/domain/record/category'
import type { RequestView } from '@/domain/restore/find-requests'

/** Requests, one a line: who asks for how much, how it stands and why it is here. */
export function QueueTable({ visit, requests }: { visit: Visit; requests: RequestView[] }) {
  const { t, dates } = visit
  return (
    <ReflowTable
      caption={t('support.queue.caption')}
      columns={[
        { head: t('support.queue.columns.request') },
        { head: t('support.queue.columns.subscriber') },
        { head: t('support.queue.columns.state'), short: true },
        { head: t('support.queue.columns.why') },
        { head: t('support.queue.columns.records'), numeric: true },
        { head: t('support.queue.columns.filed'), short: true },
      ]}
      rows={requests.map(request => {
        const { id, reference, subscriber, categories, filedAt } = request
        const { standing, word } = stateOf(visit, request)
        const asked =
          categories.length === all.length
            ? t('support.queue.everything')
            : capital(dates.list(categories.map(({ category }) => t(`shell.categoriesInline.${category}`))))
        return {
          key: id,
          cells: [
            <div key="request">
              <a
                data-row=""
                href={`/support/requests/${id}`}
                className="num inline-flex min-h-6 items-center font-semibold"
              >
                {reference}
              </a>
              <Quiet>
                {t('support.queue.line', {
                  categories: asked,
                  carrier: subscriber.carrier.name,
                  language: t(`support.languages.${subscriber.language}`),
                })}
              </Quiet>
              <NextBreach visit={visit} clocks={request.service} />
              {request.taken === null ? null : (
                <Quiet>
                  {request.taken.own ? t('support.take.lineOwn') : t('support.take.line', { name: request.taken.name })}
                </Quiet>
              )}
            </div>,
            <div key="subscriber">
              {subscriber.name ?? t('support.case.unnamed')}
              <Quiet className="num">{subscriber.accountId}</Quiet>
            </div>,
            <StandingTag key="state" standing={standing}>
              {word}
            </StandingTag>,
            whyHere(visit, request),
            dates.number(categories.reduce((sum, one) => sum + one.found, 0)),
            <When key="filed" at={filedAt} dates={dates} />,
          ],
        }
      })}
    />
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
