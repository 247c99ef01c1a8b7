import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Quiet } from '@/app/_ui/card'
import { Form } from '@/app/_ui/form'
import { SelectField } from '@/app/_ui/select-field'
import { EntryFiles } from '@/app/support/tickets/entry-files'
import { actInWords, isOwnWords } from '@/app/support/tickets/joined-words'
import type { Conversation } from '@/app/support/tickets/load-conversation'
import { seenOf } from '@/app/support/tickets/seen-of'
import type { EntryView } from '@/domain/triage/read-entries'
import { removeReasons } from '@/domain/triage/ticket-inputs'
import { sentenceFor } from '@/messages/translate'

const edges = {
  from_subscriber: 'border-line-strong',
  to_subscriber: 'border-accent',
  note: 'border-you bg-you-tint',
} as const

/** What was said, in the order in which it was: to whom, by whom, when. */
export function Entries({ visit, said, here }: { visit: Visit; said: Conversation; here: string }) {
  const { t } = visit
  const { entries, earlier, before } = said
  const link = 'inline-flex min-h-6 items-center'
  return (
    <>
      {earlier === null ? null : (
        <p>
          <a className={link} href={`${here}?before=${earlier}`}>
            {t('conversation.thread.earlier')}
          </a>
        </p>
      )}
      {entries.length === 0 ? <p>{t('conversation.case.nothingSaid')}</p> : null}
      <ol className="grid gap-3">
        {entries.map(entry => (
          <li
            key={entry.id}
            id={`entry-${entry.id}`}
            className={`grid gap-1 border-l-4 py-2 pl-3 ${edges[entry.kind]}`}
          >
            <Entry
              visit={visit}
              entry={entry}
              files={`/support/tickets/${entry.from?.ticketId ?? said.ticket.id}/files`}
            />
            {said.ticket.may.remove && entry.removed === null && entry.from === null && entry.text !== '' ? (
              said.removing === entry.id ? (
                <Remove visit={visit} said={said} entry={entry} />
              ) : (
                <p className="screen-only">
                  <a className={link} href={`${here}?remove=${entry.id}#entry-${entry.id}`}>
                    {t('conversation.case.remove.open')}
                  </a>
                </p>
              )
            ) : null}
          </li>
        ))}
      </ol>
      {before === undefined ? null : (
        <p>
          <a className={link} href={here}>
            {t('conversation.thread.newest')}
          </a>
        </p>
      )}
    </>
  )
}

function Entry({ visit, entry, files }: { visit: Visit; entry: EntryView; files: string }) {
  const { t, dates, language } = visit
  const { kind, at, text, removed, byMail, mentions } = entry
  const what = { note: 'note', to_subscriber: 'toSubscriber', from_subscriber: 'fromSubscriber' } as const
  const reason = removed && sentenceFor(language, 'conversation.case.removeReasons', removed.reason)
  return (
    <>
      <h3 className="text-[0.875rem]">
        {[t(`conversation.case.${what[kind]}`), ...whoWrote(visit, entry)].join(' · ')}
      </h3>
      <Quiet>
        <time dateTime={at.toISOString()}>{`${dates.relative(at)} (${dates.shortMoment(at)})`}</time>
        {byMail && kind === 'from_subscriber' ? ` · ${t('conversation.thread.byMail')}` : ''}
      </Quiet>
      {entry.from === null ? null : (
        <p>
          <a className="inline-flex min-h-6 items-center" href={`/support/tickets/${entry.from.ticketId}`}>
            {t('joined.from', { reference: entry.from.reference })}
          </a>
        </p>
      )}
      {entry.act === null ? null : <p className="font-semibold">{actInWords(visit, entry)}</p>}
      {removed === null && !isOwnWords(entry) ? null : removed === null ? (
        <p lang={entry.language} className="whitespace-pre-line [overflow-wrap:anywhere]">
          {text}
        </p>
      ) : (
        <p className="text-quiet">
          {t('conversation.case.tombstone', {
            who: removed.by ?? t('conversation.case.somebody'),
            moment: dates.shortMoment(removed.at),
            reason: reason ?? '',
          })}
        </p>
      )}
      <EntryFiles visit={visit} entry={entry} at={files} />
      {mentions.length === 0 ? null : <Quiet>{t('conversation.case.names', { names: dates.list(mentions) })}</Quiet>}
    </>
  )
}

/** Of staff their name; that a subscriber wrote has been said. */
function whoWrote({ t }: Visit, { kind, writer }: EntryView): string[] {
  // Of what they said: who wrote it down for them.
  if (kind === 'from_subscriber' && writer === null) return []
  if (writer === null) return [t('conversation.thread.homeward')]
  return [writer.self ? t('conversation.case.by.you') : (writer.name ?? t('conversation.case.by.staff'))]
}

function Remove({ visit: { t, formToken }, said, entry }: { visit: Visit; said: Conversation; entry: EntryView }) {
  const hidden = { ...seenOf(said), entry: entry.id }
  return (
    <Form action={`/support/tickets/${said.ticket.id}/remove`} token={formToken} hidden={hidden}>
      <SelectField
        name="removeReason"
        label={t('conversation.case.remove.reason')}
        hint={t('conversation.case.remove.hint')}
        options={removeReasons.map(value => ({ value, label: t(`conversation.case.removeReasons.${value}`) }))}
      />
      <div>
        <Button look="stern">{t('conversation.case.remove.send')}</Button>
      </div>
    </Form>
  )
}
