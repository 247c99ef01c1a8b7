import type { Language } from '@/messages/language'
import { excerpt } from '@/messages/status-page/excerpt'
import { phaseMarks, Tag } from '@/messages/status-page/marks'
import type { Speaker } from '@/messages/status-page/speaker'
import type { IncidentView, PromiseView } from '@/messages/status-page/view'

/** Words of people, as HTML that is safe. `said`: the language they are in, where they may not be in the page's. */
export function Prose({ speaker, text, said }: { speaker: Speaker; text: string; said?: Language }) {
  const lang = said === speaker.language ? undefined : said
  // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitized where Markdown becomes HTML (formats/markdown)
  return <div className="prose" lang={lang} dangerouslySetInnerHTML={{ __html: speaker.html(text, said) }} />
}

export function Moment({ speaker: { dates }, at }: { speaker: Speaker; at: Date }) {
  return <time dateTime={at.toISOString()}>{dates.moment(at)}</time>
}

/** State, and since when. */
export function Standing({ speaker, incident }: { speaker: Speaker; incident: IncidentView }) {
  const { t, dates } = speaker
  const { status, startedAt, kind, scheduledFor, scheduledUntil, impact } = incident
  return (
    <p className="row">
      <Tag mark={phaseMarks[status]}>{t(`statusPage.phase.${status}`)}</Tag>
      <span className="quiet">
        {kind === 'maintenance' && scheduledFor && scheduledUntil
          ? t('statusPage.maintenance.when', { from: dates.moment(scheduledFor), until: dates.moment(scheduledUntil) })
          : `${t('statusPage.since', { day: dates.day(startedAt) })} · ${t(`statusPage.impact.${impact}`)}`}
      </span>
    </p>
  )
}

/** By when something will be said again; past that, that it was not. A clock in the page turns one into the other. */
export function NextUpdate({ speaker: { t, dates, readAt }, incident }: { speaker: Speaker; incident: IncidentView }) {
  const next = incident.promises.findLast(
    one => one.kind === 'next_update' && one.keptLateAt === null && one.status !== 'kept',
  )
  if (!next) return <strong>{t('statusPage.nextNone')}</strong>
  const moment = dates.moment(next.dueAt)
  const late = next.dueAt <= readAt
  return (
    <>
      {late ? null : <strong data-due={next.dueAt.toISOString()}>{t('statusPage.next', { moment })}</strong>}
      <strong hidden={!late}>{t('statusPage.nextLate', { moment })}</strong>
    </>
  )
}

const longestBrief = 1_200

/** What was last said, when the next comes, and how many promises were kept. `brief`: where it stands among others. */
export function LatestSaid({
  speaker,
  incident,
  brief = false,
}: {
  speaker: Speaker
  incident: IncidentView
  brief?: boolean
}) {
  const { t, dates, language } = speaker
  const [latest] = incident.updates
  if (!latest) return null
  const settled = (status: PromiseView['status']) => incident.promises.filter(one => one.status === status).length
  return (
    <div className="say s">
      <Prose
        speaker={speaker}
        text={brief ? excerpt(latest.body[language], longestBrief).text : latest.body[language]}
      />
      {incident.kind === 'maintenance' ? null : (
        <p>
          <NextUpdate speaker={speaker} incident={incident} />
        </p>
      )}
      <p className="quiet">
        <time dateTime={latest.publishedAt.toISOString()}>
          {t('statusPage.lastSaid', { moment: dates.moment(latest.publishedAt) })}
        </time>{' '}
        {incident.promises.length > 0
          ? t('statusPage.kept', { kept: settled('kept'), missed: settled('missed') })
          : null}
      </p>
    </div>
  )
}
