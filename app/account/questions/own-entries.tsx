import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { EntryFiles } from '@/app/support/tickets/entry-files'
import type { EntryView } from '@/domain/triage/read-entries'
import { sentenceFor } from '@/messages/translate'

/** What was said, in the order in which it was: who, when, what. Of staff their role and carrier, never a name. */
export function OwnEntries({
  visit,
  entries,
  earlier,
  before,
  here,
}: {
  visit: Visit
  entries: EntryView[]
  earlier: string | null
  before: string | undefined
  here: string
}) {
  const { t } = visit
  const link = 'inline-flex min-h-11 items-center'
  return (
    <Part>
      <h2>{t('conversation.thread.said')}</h2>
      {earlier === null ? null : (
        <p>
          <a className={link} href={`${here}?before=${earlier}`}>
            {t('conversation.thread.earlier')}
          </a>
        </p>
      )}
      {entries.length === 0 ? <p>{t('conversation.thread.nothingMore')}</p> : null}
      <ol className="grid gap-4">
        {entries.map(entry => (
          <li key={entry.id}>
            <Card className={entry.kind === 'to_subscriber' ? 'border-accent!' : ''}>
              <Entry
                visit={visit}
                entry={entry}
                files={entry.from === null ? `${here}/files` : `/account/questions/${entry.from.ticketId}/files`}
              />
            </Card>
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
    </Part>
  )
}

function Entry({ visit, entry, files }: { visit: Visit; entry: EntryView; files: string }) {
  const { t, dates, language } = visit
  const { text, at, removed, byMail, kind } = entry
  return (
    <div className="grid gap-2">
      <h3>{whoSaid(visit, entry)}</h3>
      <Quiet>
        <time dateTime={at.toISOString()}>{dates.moment(at)}</time>
        {byMail && kind === 'from_subscriber' ? ` · ${t('conversation.thread.byMail')}` : ''}
      </Quiet>
      {entry.from === null ? null : <Quiet>{t('joined.own.from', { reference: entry.from.reference })}</Quiet>}
      {removed === null ? (
        <p lang={entry.language} className="whitespace-pre-line [overflow-wrap:anywhere]">
          {text}
        </p>
      ) : (
        <p className="text-quiet">
          {t('conversation.thread.removed', {
            moment: dates.moment(removed.at),
            reason: sentenceFor(language, 'conversation.removed', removed.reason) ?? '',
          })}
        </p>
      )}
      <EntryFiles visit={visit} entry={entry} at={files} />
    </div>
  )
}

function whoSaid({ t }: Visit, { kind, writer }: EntryView): string {
  if (kind === 'from_subscriber') return t(writer === null ? 'conversation.thread.you' : 'behalf.own.written')
  if (writer === null) return t('conversation.support')
  const role = t(`signIn.roles.${writer.role}`)
  return t('looks.own.by', { role, carrier: writer.carrier ?? t('conversation.thread.homeward') })
}
