import { formState } from '@/app/_shell/form-state'
import { page, type Query } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { ConsolePage } from '@/app/_ui/console-page'
import { StandingTag } from '@/app/_ui/standing'
import { Vouched } from '@/app/support/file-for/vouched'
import { Presence } from '@/app/support/presence'
import { stateOf } from '@/app/support/request-words'
import { AfterRestore } from '@/app/support/requests/[id]/after'
import { ByRules } from '@/app/support/requests/[id]/by-rules'
import { Compensation } from '@/app/support/requests/[id]/compensation'
import { Decide } from '@/app/support/requests/[id]/decide'
import { Elsewhere } from '@/app/support/requests/[id]/elsewhere'
import { HoldNotices } from '@/app/support/requests/[id]/holds'
import { Kept } from '@/app/support/requests/[id]/kept'
import { OutcomeCounts } from '@/app/support/requests/[id]/outcome'
import { Overwrite } from '@/app/support/requests/[id]/overwrite'
import { Recovered } from '@/app/support/requests/[id]/recovered'
import { JustFiled, Split, SplitLinks } from '@/app/support/requests/[id]/split'
import { acts, CaseStanding, ChangedSince, JustDone } from '@/app/support/requests/[id]/standing'
import { Taken } from '@/app/support/requests/[id]/taken'
import { Timeline } from '@/app/support/requests/[id]/timeline'
import { Who } from '@/app/support/requests/[id]/who'
import { ServiceLevels } from '@/app/support/service-levels'
import { TicketIncident } from '@/app/support/ticket-incident'
import { TicketTags } from '@/app/support/ticket-tags'
import { Conversation, JustSaid, OtherTickets, TicketChangedSince } from '@/app/support/tickets/conversation'
import { JoinedActs, JoinedStanding, Watching } from '@/app/support/tickets/joined'
import { loadConversation } from '@/app/support/tickets/load-conversation'
import { RatingCard } from '@/app/support/tickets/rating-card'
import { Settle } from '@/app/support/tickets/settle'
import { readDecisions } from '@/domain/compensation/read-decisions'
import { listDecisions } from '@/domain/decision/find-decisions'
import { readHolds } from '@/domain/identity/read-security'
import { may, mayEver } from '@/domain/policy'
import { listHoldings } from '@/domain/recovery/list-holdings'
import { findRequest, listQueue } from '@/domain/restore/find-requests'
import { listAccounts } from '@/domain/restore/list-accounts'
import { readTimeline } from '@/domain/restore/read-timeline'
import { readRestoreAnswer } from '@/domain/triage/after/read-answer'
import { readRating } from '@/domain/triage/after/read-rating'
import { findTicketOfRequest } from '@/domain/triage/find-ticket'

/** One request with everything that is needed to decide on it, and nothing of what the records say. */
export default page('/support/requests/[id]', async (visit, { params, query }) => {
  const { t, actor } = visit
  const request = await findRequest(actor, params.id ?? '')
  const { subscriber, reference, startedAt, crossing } = request
  const asksFor = new Set(request.holdings.map(({ id }) => id))
  const done = acts.find(one => one === query.one('done'))
  const [holdings, accounts, entries, filed, form, holds, asked, said, answer, compensation, rating] =
    await Promise.all([
      listHoldings(actor, { subscriberId: crossing?.sourceId ?? subscriber.id }),
      mayEver(actor, 'account.list') ? listAccounts(actor, { subscriberId: subscriber.id }) : [],
      mayEver(actor, 'timeline.read') ? readTimeline(actor, request.id) : [],
      done === undefined || !mayEver(actor, 'ticket.take')
        ? { requests: [] }
        : listQueue(actor, { status: 'filed', take: 1 }),
      formState(
        visit,
        query.one('form'),
        'support.errors',
        'decisions.errors',
        'crossings.errors',
        'joined.errors',
        'conversation.errors',
        'queue.errors',
        'behalf.errors',
        'mass.errors',
      ),
      readHolds(actor, { subscriberId: subscriber.id }),
      listDecisions(actor, { requestId: request.id, take: 1 }),
      mayEver(actor, 'ticket.history') ? conversationOf(visit, request.id, query) : null,
      request.finishedAt === null ? null : readRestoreAnswer(actor, request.id),
      mayEver(actor, 'compensation.read') ? readDecisions(actor, { subscriberId: subscriber.id }) : [],
      request.ticketId === null || !mayEver(actor, 'ticket.read') ? null : readRating(actor, request.ticketId),
    ])
  const seenThen = Number(form.value('seen') ?? Number.NaN)
  const { standing, word } = stateOf(visit, request)
  const title = t('support.case.title', { reference })
  const here = `/support/requests/${request.id}`
  const whose = { carrierId: request.carrierId, subscriberId: subscriber.id }
  const elsewhere = <Elsewhere visit={visit} request={request} open={asked.decisions[0] !== undefined} />
  return (
    <ConsolePage
      title={title}
      tag={<StandingTag standing={standing}>{word}</StandingTag>}
      back={{ href: '/support', label: t('support.case.back') }}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {done === undefined || form.returned ? null : <JustDone visit={visit} done={done} next={filed.requests[0]} />}
      {form.returned ? null : <JustFiled visit={visit} done={query.one('done')} request={request} />}
      <ChangedSince visit={visit} entries={entries.filter(({ seq }) => seq > seenThen)} />
      {said === null ? null : (
        <>
          {form.returned ? null : <JustSaid visit={visit} done={query.one('said')} />}
          <TicketChangedSince visit={visit} said={said} form={form} />
          <JoinedStanding visit={visit} said={said} />
        </>
      )}
      {done === undefined ? <Kept visit={visit} request={request} form={form} /> : null}
      <CaseStanding visit={visit} request={request} />
      <SplitLinks visit={visit} request={request} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem] [&>*]:min-w-0">
        <div className="grid gap-5 [&>*]:min-w-0">
          <Who visit={visit} request={request} account={accounts.find(({ id }) => id === request.account.id)} />
          <Recovered
            visit={visit}
            holdings={crossing === null ? holdings : holdings.filter(({ id }) => asksFor.has(id))}
            asked={asksFor}
            lookHref={crossing === null ? `/support/requests/${request.id}/records` : null}
          />
          {startedAt === null ? null : <OutcomeCounts visit={visit} request={request} />}
          {answer === null ? null : <AfterRestore visit={visit} answer={answer} />}
          {rating === null ? null : <RatingCard visit={visit} view={rating} />}
          {said === null ? null : <Conversation visit={visit} said={said} form={form} here={here} />}
        </div>
        <div className="grid gap-5 [&>*]:min-w-0">
          {crossing === null ? null : elsewhere}
          <HoldNotices visit={visit} request={request} holds={holds} />
          <Vouched visit={visit} check={request.check} title={t('behalf.vouched.title')} />
          <ByRules visit={visit} entries={entries} />
          {request.ticketId === null ? null : <Presence visit={visit} ticketId={request.ticketId} />}
          <Taken visit={visit} request={request} />
          {request.taken !== null && !request.taken.own ? null : (
            <Decide visit={visit} request={request} seen={entries.at(-1)?.seq ?? 0} form={form} />
          )}
          <Split visit={visit} request={request} form={form} />
          {crossing === null ? elsewhere : null}
          <Overwrite visit={visit} request={request} open={asked.decisions[0] ?? null} form={form} />
          <ServiceLevels visit={visit} of={request} />
          <Compensation visit={visit} decisions={compensation} />
          {said === null ? null : (
            <>
              <TicketIncident visit={visit} form={form} ticket={{ id: said.ticket.id, requestId: request.id }} />
              <Settle visit={visit} said={said} form={form} />
              <JoinedActs visit={visit} said={said} form={form} here={here} />
              <Watching visit={visit} said={said} />
              <OtherTickets visit={visit} said={said} />
            </>
          )}
          {request.tagged === null || !request.takeable || !may(actor, 'ticket.tag', whose) ? null : (
            <TicketTags
              visit={visit}
              form={form}
              ticket={{ id: request.tagged.ticketId, requestId: request.id, tags: request.tagged.tags }}
            />
          )}
          {entries.length === 0 ? null : <Timeline visit={visit} entries={entries} />}
        </div>
      </div>
    </ConsolePage>
  )
})

const conversationOf = async (visit: Visit, requestId: string, query: Query) =>
  loadConversation(visit, await findTicketOfRequest(visit.actor, requestId), query)
