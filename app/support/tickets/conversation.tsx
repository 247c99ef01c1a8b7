import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { When } from '@/app/_ui/when'
import { Answer } from '@/app/support/tickets/answer'
import { Entries } from '@/app/support/tickets/entries'
import type { Conversation as Loaded } from '@/app/support/tickets/load-conversation'
import { MailsAside } from '@/app/support/tickets/mails-aside'
import { NoteForm } from '@/app/support/tickets/note-form'
import { ticketEventInWords } from '@/app/support/tickets/ticket-words'

interface Props {
  visit: Visit
  said: Loaded
  form: FormState
  /** The page that shows it. */
  here: string
}

/** Acts whose words stand with what is joined. */
const joinedActs = ['merged', 'unmerged', 'watched', 'unwatched', 'escalated', 'settled', 'held', 'hold-ended'] as const
const mailActs = ['let-in', 'dismissed'] as const
const acts = ['answered', 'noted', 'removed', 'changed', 'resolved', 'reopened'] as const

/** What was said, the newest last, and the ways to say more. */
export function Conversation({ visit, said, form, here }: Props) {
  const { t, dates } = visit
  const { ticket } = said
  const { askedSince, taken } = ticket
  return (
    <Card>
      <Part>
        <h2>{t('conversation.case.conversation')}</h2>
        {askedSince === null ? null : (
          <Notice
            standing="you"
            title={t('conversation.case.askedSince', {
              relative: dates.relative(askedSince),
              moment: dates.shortMoment(askedSince),
            })}
          />
        )}
        <Entries visit={visit} said={said} here={here} />
        <MailsAside visit={visit} mails={said.aside} />
        {ticket.may.answer && (taken === null || taken.own) ? (
          <Answer visit={visit} said={said} form={form} here={here} />
        ) : null}
        {ticket.may.note ? <NoteForm visit={visit} said={said} form={form} /> : null}
      </Part>
    </Card>
  )
}

/** What the reader has just done; stands in the address, so that a reload keeps it. */
export function JustSaid({ visit: { t }, done }: { visit: Visit; done: string | undefined }) {
  const joined = joinedActs.find(one => one === done)
  const mail = mailActs.find(one => one === done)
  if (mail !== undefined) return <Notice standing="ok" title={t(`mailIn.done.${mail}`)} />
  if (joined !== undefined) return <Notice standing="ok" title={t(`joined.done.${joined}`)} />
  const act = acts.find(one => one === done)
  return act === undefined ? null : <Notice standing="ok" title={t(`conversation.case.done.${act}`)} />
}

/** What happened to the ticket between the page that was written on and now. */
export function TicketChangedSince({ visit, said, form }: { visit: Visit; said: Loaded; form: FormState }) {
  const { t, dates } = visit
  const known = Number(form.value('known') ?? Number.NaN)
  const since = said.events.filter(({ seq }) => seq > known)
  if (since.length === 0) return null
  return (
    <Notice standing="you" title={t('conversation.case.changed')}>
      <ul className="grid gap-1">
        {since.map(event => (
          <li key={event.seq}>
            {ticketEventInWords(visit, event)}, {dates.relative(event.at)} ({dates.shortMoment(event.at)})
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** What happened to a ticket, the first thing first. */
export function TicketHistory({ visit, said }: { visit: Visit; said: Loaded }) {
  const { t, dates } = visit
  if (said.events.length === 0) return null
  return (
    <Card>
      <Part>
        <h2>{t('conversation.case.history')}</h2>
        <ol className="grid gap-3 border-line border-l-2 pl-4">
          {said.events.map(event => (
            <li key={event.seq}>
              <p>{ticketEventInWords(visit, event)}</p>
              <p className="text-quiet">
                <When at={event.at} dates={dates} />
              </p>
            </li>
          ))}
        </ol>
      </Part>
    </Card>
  )
}

/** What else the same person asked. */
export function OtherTickets({ visit: { t, dates }, said }: { visit: Visit; said: Loaded }) {
  return (
    <Card>
      <Part>
        <h2>{t('conversation.case.others')}</h2>
        {said.others.length === 0 ? <Quiet>{t('conversation.case.noOthers')}</Quiet> : null}
        <ul className="grid gap-2">
          {said.others.map(({ id, reference, kind, status, waitsForYou, openedAt, mergedInto }) => (
            <li key={id}>
              <a className="num inline-flex min-h-6 items-center font-semibold" href={`/support/tickets/${id}`}>
                {reference}
              </a>
              <Quiet>
                {[
                  t(`conversation.kinds.${kind}`),
                  mergedInto !== null
                    ? t('joined.state')
                    : status === 'pending' && !waitsForYou
                      ? t('conversation.case.works')
                      : t(`conversation.case.states.${status}`),
                  dates.day(openedAt),
                ].join(' · ')}
              </Quiet>
            </li>
          ))}
        </ul>
      </Part>
    </Card>
  )
}
