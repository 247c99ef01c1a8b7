import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Quiet } from '@/app/_ui/card'
import { ErrorSummary } from '@/app/_ui/form'
import { Page } from '@/app/_ui/page'
import { StandingTag } from '@/app/_ui/standing'
import { Rating } from '@/app/account/questions/rating'
import { AfterRestore } from '@/app/account/restores/after'
import { Decided } from '@/app/account/restores/decided'
import { Finished } from '@/app/account/restores/finished'
import { requestState, standings } from '@/app/account/restores/request-standing'
import { UnderWay } from '@/app/account/restores/under-way'
import { Undone } from '@/app/account/restores/undone'
import { Waiting } from '@/app/account/restores/waiting'
import { findRequest, type RequestView, type WholeRequest } from '@/domain/restore/find-requests'
import { readRestoreAnswer } from '@/domain/triage/after/read-answer'
import { readRating } from '@/domain/triage/after/read-rating'

/** How one request stands: what happened, what happens next, and what its owner may do now. */
export default page('/account/restores/[id]', async (visit, { params, query }) => {
  const { t, dates, actor } = visit
  const request = await findRequest(actor, params.id ?? '')
  const form = await formState(visit, query.one('form'), 'requests.errors', 'after.errors')
  const state = requestState(request)
  return (
    <Page
      title={`${t(`requests.status.${state}`)}, ${request.reference}`}
      errorPrefix={t('shell.errorPrefix')}
      failed={form.errors.length > 0}
      width={state === 'done' ? 'page' : 'flow'}
      back={{ href: '/account/restores', label: t('requests.back') }}
    >
      <ErrorSummary heading={t('shell.problem')} errors={form.errors} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <StandingTag standing={standings[state]}>{t(`requests.status.${state}`)}</StandingTag>
        <Quiet className="num">
          {t('requests.reference', { reference: request.reference, moment: dates.moment(request.filedAt) })}
        </Quiet>
      </div>
      <Carried visit={visit} request={request} />
      <Divided visit={visit} request={request} />
      {request.byRule && request.decidedAt !== null ? (
        <p>{t('requests.byRule', { moment: dates.moment(request.decidedAt) })}</p>
      ) : null}
      <Stands visit={visit} request={request} />
      {over.has(request.status) ? <Afterwards visit={visit} request={request} /> : null}
    </Page>
  )
})

const over = new Set<RequestView['status']>(['done', 'undone', 'declined'])

/** What is asked once a request is over: whether it looks right, and how it was. */
async function Afterwards({ visit, request: { id, ticketId, reference } }: { visit: Visit; request: RequestView }) {
  const [answer, rating] = await Promise.all([
    readRestoreAnswer(visit.actor, id),
    ticketId === null ? null : readRating(visit.actor, ticketId),
  ])
  return (
    <>
      <AfterRestore visit={visit} requestId={id} answer={answer} />
      {ticketId === null || rating === null ? null : (
        <Rating visit={visit} ticket={{ id: ticketId, reference }} view={rating} />
      )}
    </>
  )
}

/** Said to whoever finds a request among theirs that they have not filed: another person's records come into their account. */
function Carried({ visit: { t }, request: { crossing } }: { visit: Visit; request: RequestView }) {
  if (crossing === null) return null
  return (
    <div>
      <p>{t('crossings.own', { account: crossing.from })}</p>
      <a className="inline-flex min-h-11 items-center" href={`/account/crossings/${crossing.id}`}>
        {t('crossings.look')}
        <span className="sr-only">: {t('crossings.title.target')}</span>
      </a>
    </div>
  )
}

/** That support filed it for them, and what it was a part of or what is a part of it. */
function Divided({ visit: { t }, request: { filedFor, splitFrom, parts } }: { visit: Visit; request: WholeRequest }) {
  const said = [
    ...(splitFrom === null ? [] : [{ id: splitFrom.id, words: t('behalf.own.from', splitFrom) }]),
    ...parts.map(part => ({ id: part.id, words: t('behalf.own.into', part) })),
  ]
  return (
    <>
      {filedFor ? <p>{t('behalf.own.filed')}</p> : null}
      {said.map(({ id, words }) => (
        <p key={id}>
          <a className="inline-flex min-h-11 items-center" href={`/account/restores/${id}`}>
            {words}
          </a>
        </p>
      ))}
    </>
  )
}

function Stands({ visit, request }: { visit: Visit; request: RequestView }) {
  switch (request.status) {
    case 'filed':
    case 'declined':
      return <Decided visit={visit} request={request} />
    case 'approved':
    case 'running':
      return <UnderWay visit={visit} request={request} heading="h1" />
    case 'waiting':
    case 'held':
      return <Waiting visit={visit} request={request} />
    case 'done':
      return <Finished visit={visit} request={request} />
    case 'undone':
      return <Undone visit={visit} request={request} />
  }
}
