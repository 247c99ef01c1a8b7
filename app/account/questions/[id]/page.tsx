import { randomUUID } from 'node:crypto'
import { validate as isUuid } from 'uuid'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Quiet } from '@/app/_ui/card'
import { ErrorSummary, errorFor, Form, TextArea } from '@/app/_ui/form'
import { Page, Part } from '@/app/_ui/page'
import { Notice, StandingTag } from '@/app/_ui/standing'
import { OwnEntries } from '@/app/account/questions/own-entries'
import { questionState, subjectOf } from '@/app/account/questions/question-words'
import { Rating } from '@/app/account/questions/rating'
import { readRating } from '@/domain/triage/after/read-rating'
import { findTicket, type TicketView } from '@/domain/triage/find-ticket'
import { readEntries } from '@/domain/triage/read-entries'
import { sentenceFor } from '@/messages/translate'

/** One question: what was said, and the way to say more. */
export default page('/account/questions/[id]', async (visit, { params, query }) => {
  const { t, actor, formToken, session } = visit
  const ticket = await findTicket(actor, params.id ?? '')
  const last = query.one('before')
  const before = isUuid(last) ? last : undefined
  const [{ entries, earlier }, form, rating] = await Promise.all([
    readEntries(actor, { ticketId: ticket.id, ...(before && { before }) }),
    formState(visit, query.one('form'), 'conversation.errors', 'after.errors'),
    readRating(actor, ticket.id),
  ])
  const { errors } = form
  const title = subjectOf(visit, ticket)
  const { standing, word } = questionState(visit, ticket)
  const done = form.returned ? undefined : query.one('done')
  const here = `/account/questions/${ticket.id}`
  return (
    <Page
      title={title}
      errorPrefix={t('shell.errorPrefix')}
      failed={errors.length > 0}
      back={{ href: '/account/questions', label: t('conversation.thread.back') }}
    >
      <ErrorSummary heading={t('shell.problem')} errors={errors} />
      <div className="grid gap-3">
        <h1 className="[overflow-wrap:anywhere]">{title}</h1>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <StandingTag standing={standing}>{word}</StandingTag>
          <Quiet className="num">{t('conversation.thread.reference', { reference: ticket.reference })}</Quiet>
          <Quiet>{t(`conversation.kinds.${ticket.kind}`)}</Quiet>
        </div>
      </div>
      {done === 'opened' ? (
        <Notice standing="ok" title={t('conversation.thread.opened')}>
          <p>{t('conversation.thread.openedText', { reference: ticket.reference, email: session?.email ?? '' })}</p>
        </Notice>
      ) : null}
      {done === 'added' ? (
        <Notice standing="ok" title={t('joined.own.addedTitle', { reference: ticket.reference })}>
          <p>{t('joined.own.addedText')}</p>
        </Notice>
      ) : null}
      {done === 'replied' ? (
        <Notice standing="ok" title={t('conversation.thread.replied')}>
          <p>{t('conversation.thread.repliedText')}</p>
        </Notice>
      ) : null}
      <Standing visit={visit} ticket={ticket} />
      <AboutWhat visit={visit} ticket={ticket} />
      <OwnEntries visit={visit} entries={entries} earlier={earlier} here={here} before={before} />
      <Form action={`${here}/reply`} token={formToken} hidden={{ key: form.value('key') ?? randomUUID() }}>
        <TextArea
          name="text"
          rows={6}
          label={t('conversation.thread.reply')}
          hint={t('conversation.thread.replyHint')}
          error={errorFor(errors, 'text')}
          value={form.value('text')}
        />
        <div>
          <Button>{t('conversation.thread.send')}</Button>
        </div>
      </Form>
      <Rating visit={visit} ticket={ticket} view={rating} form={form} saved={done === 'rated'} />
    </Page>
  )
})

function Standing({ visit: { t, language }, ticket }: { visit: Visit; ticket: TicketView }) {
  const { into } = ticket
  if (into !== null)
    return (
      <Notice standing="busy" title={t('joined.own.into')}>
        <p>{t('joined.own.intoText', { reference: into.reference })}</p>
        <p>
          <a className="inline-flex min-h-11 items-center" href={`/account/questions/${into.id}`}>
            {t('joined.own.intoOpen', { reference: into.reference })}
          </a>
        </p>
      </Notice>
    )
  if (ticket.waitsForYou) return <Notice standing="you" title={t('conversation.thread.asked')} />
  if (ticket.status !== 'resolved') return null
  const why = sentenceFor(language, 'conversation.resolved', ticket.resolvedReason ?? '')
  return (
    <Notice standing="gone" title={t('conversation.thread.resolved.title')}>
      {why === null ? null : <p>{why}</p>}
      <p>{t('conversation.thread.resolved.text')}</p>
    </Notice>
  )
}

/** The restore that it is about, and what was named as missing. */
function AboutWhat({ visit: { t }, ticket }: { visit: Visit; ticket: TicketView }) {
  const about = ticket.about ?? (ticket.requestId && { id: ticket.requestId, reference: ticket.reference })
  if (!about) return null
  return (
    <Part>
      <p>
        <a className="inline-flex min-h-11 items-center" href={`/account/restores/${about.id}`}>
          {t('conversation.thread.about', { reference: about.reference })}
        </a>
      </p>
      {ticket.items.length === 0 ? null : (
        <>
          <h2>{t('conversation.thread.missing')}</h2>
          <ul className="grid list-disc gap-1 pl-6">
            {ticket.items.map(({ category: of, title, file, ordinal }) => {
              const category = t(`shell.categories.${of}`)
              const number = String((ordinal ?? 0) + 1)
              return (
                <li key={`${of} ${ordinal} ${file}`} className="[overflow-wrap:anywhere]">
                  {file === null
                    ? t('conversation.ask.all', { category })
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
  )
}
