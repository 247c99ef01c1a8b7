import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { outside } from '@/app/_shell/outside'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Card } from '@/app/_ui/card'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { ConsolePage } from '@/app/_ui/console-page'
import { Part } from '@/app/_ui/page'
import { Notice, StandingTag } from '@/app/_ui/standing'
import { Vouched } from '@/app/support/file-for/vouched'
import { Compensation } from '@/app/support/requests/[id]/compensation'
import { TakenTicket } from '@/app/support/requests/[id]/taken'
import { ServiceLevels } from '@/app/support/service-levels'
import { TicketIncident } from '@/app/support/ticket-incident'
import {
  Conversation,
  JustSaid,
  OtherTickets,
  TicketChangedSince,
  TicketHistory,
} from '@/app/support/tickets/conversation'
import { JoinedActs, JoinedStanding, Watching } from '@/app/support/tickets/joined'
import { loadConversation } from '@/app/support/tickets/load-conversation'
import { RatingCard } from '@/app/support/tickets/rating-card'
import { Settle } from '@/app/support/tickets/settle'
import { ticketState } from '@/app/support/tickets/ticket-words'
import { Traces } from '@/app/support/tickets/traces'
import { readDecisions } from '@/domain/compensation/read-decisions'
import { mayEver } from '@/domain/policy'
import { traceItems } from '@/domain/restore/trace-items'
import { readRating } from '@/domain/triage/after/read-rating'
import { findTicket, type TicketView } from '@/domain/triage/find-ticket'
import { sentenceFor } from '@/messages/translate'

/** One ticket that is no request's own: who asks, what was said, and what may be done. A request's is on the request's page. */
export default page('/support/tickets/[id]', async (visit, { params, query }) => {
  const { t, actor } = visit
  const ticket = await findTicket(actor, params.id ?? '')
  if (ticket.requestId !== null) {
    const [, search = ''] = visit.path.split('?')
    redirect(`/support/requests/${ticket.requestId}${search === '' ? '' : `?${search}`}`)
  }
  const [said, rating, compensation, traced, form] = await Promise.all([
    loadConversation(visit, ticket, query),
    readRating(actor, ticket.id),
    mayEver(actor, 'compensation.read') ? readDecisions(actor, { subscriberId: ticket.subscriber.id }) : [],
    ticket.items.length === 0 ? null : traceItems(actor, outside(), ticket.id),
    formState(visit, query.one('form'), 'joined.errors', 'conversation.errors', 'support.errors', 'mass.errors'),
  ])
  const { standing, word } = ticketState(visit, ticket.status)
  const here = `/support/tickets/${ticket.id}`
  return (
    <ConsolePage
      title={t('conversation.case.title', { reference: ticket.reference })}
      tag={<StandingTag standing={standing}>{word}</StandingTag>}
      back={{ href: '/support', label: t('conversation.case.back') }}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {form.returned ? null : <JustSaid visit={visit} done={query.one('said')} />}
      {query.one('done') === 'opened' && !form.returned ? (
        <Notice standing="ok" title={t('behalf.done.opened')} />
      ) : null}
      <TicketChangedSince visit={visit} said={said} form={form} />
      <JoinedStanding visit={visit} said={said} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem] [&>*]:min-w-0">
        <div className="grid gap-5 [&>*]:min-w-0">
          {traced === null ? null : <Traces visit={visit} ticket={ticket} traced={traced} />}
          <Conversation visit={visit} said={said} form={form} here={here} />
        </div>
        <div className="grid gap-5 [&>*]:min-w-0">
          <Facts visit={visit} ticket={ticket} />
          <Vouched visit={visit} check={ticket.check} title={t('behalf.vouched.opened')} />
          <RatingCard visit={visit} view={rating} />
          <Compensation visit={visit} decisions={compensation} />
          {mayEver(actor, 'ticket.history') ? (
            <TicketIncident visit={visit} form={form} ticket={{ id: ticket.id, requestId: null }} />
          ) : null}
          <TakenTicket visit={visit} ticket={{ ...ticket, subscriberId: ticket.subscriber.id }} at={here} />
          <ServiceLevels visit={visit} of={ticket} />
          <Settle visit={visit} said={said} form={form} />
          <JoinedActs visit={visit} said={said} form={form} here={here} />
          <Watching visit={visit} said={said} />
          <OtherTickets visit={visit} said={said} />
          <TicketHistory visit={visit} said={said} />
        </div>
      </div>
    </ConsolePage>
  )
})

function Facts({ visit, ticket }: { visit: Visit; ticket: TicketView }) {
  const { t, dates, language } = visit
  const { subscriber, about, items, resolvedReason, openedAt } = ticket
  const label = (name: 'name' | 'account' | 'carrier' | 'language') => t(`support.case.facts.${name}`)
  const why = sentenceFor(language, 'conversation.case.resolveReasons', resolvedReason ?? '')
  return (
    <Card>
      <Part>
        <h2>{t('support.case.who')}</h2>
        <CompactFacts
          rows={[
            { term: label('name'), value: subscriber.name ?? t('support.case.unnamed') },
            { term: label('account'), value: <span className="num">{subscriber.accountId}</span> },
            { term: label('carrier'), value: subscriber.carrier.name },
            { term: label('language'), value: t(`support.languages.${subscriber.language}`) },
            { term: t('conversation.case.facts.kind'), value: t(`conversation.kinds.${ticket.kind}`) },
            { term: t('conversation.case.facts.priority'), value: t(`conversation.priorities.${ticket.priority}`) },
            { term: t('conversation.case.facts.subject'), value: ticket.subject ?? '' },
            {
              term: t('conversation.case.facts.opened'),
              value: `${dates.moment(openedAt)} (${dates.relative(openedAt)})`,
            },
            ...(about === null
              ? []
              : [
                  {
                    term: t('conversation.case.facts.about'),
                    value: (
                      <a className="num inline-flex min-h-6 items-center" href={`/support/requests/${about.id}`}>
                        {about.reference}
                      </a>
                    ),
                  },
                ]),
            ...(why === null ? [] : [{ term: t('conversation.case.facts.resolved'), value: why }]),
          ]}
        />
        {items.length === 0 ? null : (
          <>
            <h3>{t('conversation.case.missing')}</h3>
            <ul className="grid list-disc gap-1 pl-5">
              {items.map(({ category: of, title, file, ordinal }) => {
                const category = t(`shell.categories.${of}`)
                const number = String((ordinal ?? 0) + 1)
                return (
                  <li key={`${of} ${ordinal} ${file}`} className="[overflow-wrap:anywhere]">
                    {file === null
                      ? t('conversation.case.wholeCategory', { category })
                      : title === null
                        ? t('conversation.ask.untitled', { number, category })
                        : t('conversation.ask.record', { title, category })}
                  </li>
                )
              })}
            </ul>
          </>
        )}
      </Part>
    </Card>
  )
}
