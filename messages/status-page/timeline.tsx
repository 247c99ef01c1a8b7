import { MarkIcon, phaseMarks } from '@/messages/status-page/marks'
import type { Speaker } from '@/messages/status-page/speaker'
import { Moment, Prose } from '@/messages/status-page/standing'
import type { ComponentView, IncidentView, UpdateView } from '@/messages/status-page/view'

interface About {
  speaker: Speaker
  incident: IncidentView
  components: ComponentView[]
  /** Of the statement with this number, which may be on another page. */
  addressOf: (number: number) => string
}

/** What was said, the newest first, as it was said. */
export function Timeline({ updates, ...about }: About & { updates: UpdateView[] }) {
  const { t } = about.speaker
  if (updates.length === 0) return null
  return (
    <section className="s">
      <h2>{t('statusPage.timeline.heading')}</h2>
      <p className="quiet">{t('statusPage.timeline.lead')}</p>
      <ol className="time" reversed>
        {updates.map(update => (
          <li key={update.number} id={`statement-${update.number}`} className="xs">
            <span className={`dot ${phaseMarks[update.status]}`}>
              <MarkIcon mark={phaseMarks[update.status]} />
            </span>
            <Statement {...about} update={update} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Statement({ speaker, update, incident, components, addressOf }: About & { update: UpdateView }) {
  const { t, dates, language } = speaker
  const by = incident.updates.find(one => one.corrects === update.number)
  const nameOf = (id: string) => components.find(one => one.id === id)?.name[language]
  const changes = (update.components ?? []).flatMap(({ id, from, to }) => {
    const name = nameOf(id)
    return name === undefined || from === to ? [] : [{ id, name, from, to }]
  })
  return (
    <>
      <h3>{t(`statusPage.phase.${update.status}`)}</h3>
      <p className="quiet">
        <Moment speaker={speaker} at={update.publishedAt} /> ·{' '}
        {t('statusPage.timeline.number', { number: String(update.number) })}
      </p>
      {update.backfilled ? (
        <p className="quiet">{t('statusPage.timeline.backfilled', { moment: dates.moment(update.createdAt) })}</p>
      ) : null}
      {update.corrects === null || update.reason === null ? null : (
        <p>
          <a className="tap" href={addressOf(update.corrects)}>
            {t('statusPage.timeline.corrects', { number: String(update.corrects), reason: update.reason[language] })}
          </a>
        </p>
      )}
      {by ? (
        <p>
          <a className="tap" href={addressOf(by.number)}>
            {t('statusPage.timeline.corrected', { number: String(by.number) })}
          </a>
        </p>
      ) : null}
      <Prose speaker={speaker} text={update.body[language]} />
      {changes.length > 0 ? (
        <ul className="quiet">
          {changes.map(({ id, name, from, to }) => (
            <li key={id}>
              {t('statusPage.timeline.change', {
                name,
                from: t(`statusPage.component.${from}`),
                to: t(`statusPage.component.${to}`),
              })}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  )
}
