import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Disclosure } from '@/app/_ui/disclosure'
import { errorFor, Form, TextArea } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { SelectField } from '@/app/_ui/select-field'
import { Notice } from '@/app/_ui/standing'
import { Hold } from '@/app/support/tickets/hold'
import { joinedReason } from '@/app/support/tickets/joined-words'
import type { Conversation } from '@/app/support/tickets/load-conversation'
import { seenOf } from '@/app/support/tickets/seen-of'
import { escalateReasons } from '@/domain/triage/joined-inputs'

interface Props {
  visit: Visit
  said: Conversation
  form: FormState
}

/** Where a ticket goes on, what goes on in it, that it is escalated and that it is held. */
export function JoinedStanding({ visit, said }: { visit: Visit; said: Conversation }) {
  const { t, dates, formToken } = visit
  const { ticket } = said
  const { into, merged, escalatedAt, held } = ticket
  const link = 'num inline-flex min-h-6 items-center'
  const act = (where: string, word: string) => (
    <Form action={`/support/tickets/${ticket.id}/${where}`} token={formToken} hidden={seenOf(said)}>
      <Button look="plain">{word}</Button>
    </Form>
  )
  return (
    <>
      {into === null ? null : (
        <Notice standing="gone" title={t('joined.into.title', { reference: into.reference })}>
          <p>
            <a className={link} href={`/support/tickets/${into.id}`}>
              {t('joined.into.open', { reference: into.reference })}
            </a>
          </p>
          <p>{t('joined.into.text')}</p>
          {ticket.may.unmerge ? act('unmerge', t('joined.unmerge')) : null}
        </Notice>
      )}
      {escalatedAt === null ? null : (
        <Notice
          standing="you"
          title={t('joined.escalated.title', {
            relative: dates.relative(escalatedAt),
            moment: dates.shortMoment(escalatedAt),
          })}
        >
          <p>{t('joined.escalated.text')}</p>
          {ticket.may.settle ? act('escalate/end', t('joined.settle')) : null}
        </Notice>
      )}
      {held === null ? null : (
        <Notice standing="wait" title={t('joined.held.title', { moment: dates.moment(held.until) })}>
          <p>{t('joined.held.text', { reason: joinedReason(visit, held.reason) })}</p>
          {ticket.may.hold ? act('hold/end', t('joined.hold.end')) : null}
        </Notice>
      )}
      {merged.length === 0 ? null : (
        <Card>
          <Part>
            <h2>{t('joined.merged.title')}</h2>
            <Quiet>{t('joined.merged.text')}</Quiet>
            <ul className="grid gap-1">
              {merged.map(({ id, reference }) => (
                <li key={id}>
                  <a className={link} href={`/support/tickets/${id}`}>
                    {reference}
                  </a>
                </li>
              ))}
            </ul>
          </Part>
        </Card>
      )}
    </>
  )
}

/** Who watches a ticket, and the way to be one of them. */
export function Watching({ visit, said }: { visit: Visit; said: Conversation }) {
  const { t, dates, formToken } = visit
  const { ticket, watchers } = said
  const isOne = watchers.some(({ self }) => self)
  const names = watchers.map(({ name, self }) => (self ? t('joined.watch.you') : name))
  if (!ticket.may.watch && watchers.length === 0) return null
  return (
    <Card>
      <Part>
        <h2>{t('joined.watch.title')}</h2>
        <p>{names.length === 0 ? t('joined.watch.nobody') : dates.list(names)}</p>
        {ticket.may.watch ? (
          <>
            <Quiet>{t('joined.watch.text')}</Quiet>
            <Form action={`/support/tickets/${ticket.id}/${isOne ? 'unwatch' : 'watch'}`} token={formToken}>
              <Button look="plain">{t(`joined.watch.${isOne ? 'leave' : 'begin'}`)}</Button>
            </Form>
          </>
        ) : null}
      </Part>
    </Card>
  )
}

/** To ask a lead, to hold until a day, to let it go on in another. Nothing where a colleague works on the ticket. */
export function JoinedActs({ visit, said, form, here }: Props & { here: string }) {
  const { ticket } = said
  const { escalate, hold, merge } = ticket.may
  if (!(escalate || hold || merge) || (ticket.taken !== null && !ticket.taken.own)) return null
  return (
    <Card>
      <Part>
        {hold ? <Hold visit={visit} said={said} form={form} here={here} /> : null}
        {escalate ? <Escalate visit={visit} said={said} form={form} /> : null}
        {merge ? <Merge visit={visit} said={said} form={form} /> : null}
      </Part>
    </Card>
  )
}

function Escalate({ visit: { t, formToken }, said, form }: Props) {
  const action = `/support/tickets/${said.ticket.id}/escalate`
  return (
    <Disclosure summary={t('joined.escalate.open')} open={form.value('escalateReason') !== undefined}>
      <Form action={action} token={formToken} hidden={seenOf(said)}>
        <Quiet>{t('joined.escalate.text')}</Quiet>
        <SelectField
          name="escalateReason"
          label={t('joined.why')}
          error={errorFor(form.errors, 'escalateReason')}
          value={form.value('escalateReason')}
          options={escalateReasons.map(value => ({ value, label: t(`joined.escalateReasons.${value}`) }))}
        />
        <TextArea
          name="escalateNote"
          label={t('joined.escalate.note')}
          hint={t('joined.escalate.noteHint')}
          error={errorFor(form.errors, 'escalateNote')}
          value={form.value('escalateNote')}
        />
        <div>
          <Button>{t('joined.escalate.send')}</Button>
        </div>
      </Form>
    </Disclosure>
  )
}

function Merge({ visit: { t, formToken }, said, form }: Props) {
  const { ticket, targets } = said
  const [first] = targets
  return (
    <div data-key="m">
      <Disclosure summary={t('joined.merge.open')} open={form.value('intoId') !== undefined}>
        {first === undefined ? (
          <p>{t('joined.merge.none')}</p>
        ) : (
          <Form action={`/support/tickets/${ticket.id}/merge`} token={formToken} hidden={seenOf(said)}>
            <Quiet>{t('joined.merge.text')}</Quiet>
            <SelectField
              name="intoId"
              label={t('joined.merge.into')}
              error={errorFor(form.errors, 'intoId')}
              value={form.value('intoId') ?? first.id}
              options={targets.map(({ id, reference, kind, status }) => ({
                value: id,
                label: [reference, t(`conversation.kinds.${kind}`), t(`conversation.case.states.${status}`)].join(
                  ' · ',
                ),
              }))}
            />
            <div>
              <Button>{t('joined.merge.send')}</Button>
            </div>
          </Form>
        )}
      </Disclosure>
    </div>
  )
}
