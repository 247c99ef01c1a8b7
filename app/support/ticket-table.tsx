import type { Visit } from '@/app/_shell/visit'
import { Quiet } from '@/app/_ui/card'
import type { Standing } from '@/app/_ui/icon'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StandingTag } from '@/app/_ui/standing'
import { When } from '@/app/_ui/when'
import { stateOf, whyHere } from '@/app/support/request-words'
import { NextBreach } from '@/app/support/service-words'
import { categories as all } from '@/domain/record/category'
import type { RequestView } from '@/domain/restore/find-requests'
import type { TicketLine } from '@/domain/triage/find-tickets'
import type { FoundBy } from '@/domain/triage/search-tickets'
import { kindName } from '@/domain/triage/ticket-kind'

export interface Line {
  ticket: TicketLine
  /** Of a restore. */
  request: RequestView | undefined
  /** In what a search found. */
  by?: FoundBy
}

const standings: Record<TicketLine['status'], Standing> = { open: 'you', pending: 'wait', resolved: 'ok' }
const answers = { open: 'asked', pending: 'answered', resolved: 'closed' } as const

/** Tickets of every kind, one a line: who asks for what, how it stands, why it is here and since when it waits. */
export function TicketTable({ visit, lines }: { visit: Visit; lines: Line[] }) {
  const { t, dates } = visit
  return (
    <ReflowTable
      caption={t('queue.caption')}
      columns={[
        { head: t('support.queue.columns.request') },
        { head: t('support.queue.columns.subscriber') },
        { head: t('support.queue.columns.state'), short: true },
        { head: t('support.queue.columns.why') },
        { head: t('support.queue.columns.records'), numeric: true },
        { head: t('queue.columns.waits'), short: true },
      ]}
      rows={lines.map(line => {
        const { ticket, request } = line
        const { standing, word } = stateIn(visit, line)
        return {
          key: ticket.id,
          cells: [
            <TicketCell key="ticket" visit={visit} line={line} />,
            <div key="subscriber">
              {ticket.subscriber.name ?? t('support.case.unnamed')}
              <Quiet className="num">{ticket.subscriber.accountId}</Quiet>
            </div>,
            <StandingTag key="state" standing={standing}>
              {word}
            </StandingTag>,
            request === undefined ? ticket.subject : whyHere(visit, request),
            request && dates.number(request.categories.reduce((sum, one) => sum + one.found, 0)),
            <When key="waits" at={ticket.waitsSince} dates={dates} />,
          ],
        }
      })}
    />
  )
}

function stateIn(visit: Visit, { ticket, request }: Line): { standing: Standing; word: string } {
  const { t } = visit
  if (ticket.isMerged) return { standing: 'gone', word: t('joined.state') }
  if (request !== undefined) return stateOf(visit, request)
  return { standing: standings[ticket.status], word: t(`queue.states.${answers[ticket.status]}`) }
}

function TicketCell({ visit, line: { ticket, request, by } }: { visit: Visit; line: Line }) {
  const { t, dates } = visit
  const { id, reference, kind, subscriber, priority, tags, taken, requestId } = ticket
  const asked = request?.categories.map(({ category }) => t(`shell.categoriesInline.${category}`)) ?? []
  const what =
    request === undefined
      ? t(`queue.kinds.${kindName(kind)}`)
      : asked.length === all.length
        ? t('support.queue.everything')
        : capital(dates.list(asked))
  const marks = [...(priority === 'normal' ? [] : [t(`queue.priorities.${priority}`)]), ...tags]
  return (
    <div>
      <a
        data-row=""
        href={requestId === null ? `/support/tickets/${id}` : `/support/requests/${requestId}`}
        className="num inline-flex min-h-6 items-center font-semibold"
      >
        {reference}
      </a>
      <Quiet>
        {t('support.queue.line', {
          categories: what,
          carrier: subscriber.carrier.name,
          language: t(`support.languages.${subscriber.language}`),
        })}
      </Quiet>
      {marks.length === 0 ? null : <Quiet>{marks.join(' · ')}</Quiet>}
      {by === undefined ? null : <Quiet>{t(`queue.by.${by}`)}</Quiet>}
      <NextBreach visit={visit} clocks={ticket.service} />
      {taken === null ? null : (
        <Quiet>{taken.own ? t('support.take.lineOwn') : t('support.take.line', { name: taken.name })}</Quiet>
      )}
    </div>
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
