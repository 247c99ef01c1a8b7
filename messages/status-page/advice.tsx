import type { Speaker } from '@/messages/status-page/speaker'
import type { AdviceView, IncidentView } from '@/messages/status-page/view'

function whom({ t }: Speaker, incident: IncidentView, { carrierId, deviceModel }: AdviceView): string {
  const carrier = incident.carriers.find(one => one.id === carrierId)?.name
  if (carrier && deviceModel) return t('statusPage.advice.both', { carrier, model: deviceModel })
  if (deviceModel) return t('statusPage.advice.model', { model: deviceModel })
  return carrier ? t('statusPage.advice.carrier', { carrier }) : t('statusPage.advice.everybody')
}

function AdviceLines({ speaker: { t, language }, advice }: { speaker: Speaker; advice: AdviceView }) {
  const [doNots, does] = [advice.doNots[language], advice.does[language]]
  return (
    <>
      {doNots.length > 0 ? (
        <div className="xs">
          <h4>{t('statusPage.advice.doNot')}</h4>
          <ul>
            {doNots.map(line => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      ) : null}
      {does.length > 0 ? (
        <div className="xs">
          <h4>{t('statusPage.advice.does')}</h4>
          <ul>
            {does.map(line => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  )
}

/** What to do and not to do: before everything else that is long. */
export function AdviceBox({ speaker, incident }: { speaker: Speaker; incident: IncidentView }) {
  const { t, dates } = speaker
  if (incident.adviceNow.length === 0) return null
  return (
    <section className="must s">
      <h2>{t('statusPage.advice.heading')}</h2>
      {incident.adviceNow.map(advice => (
        <div key={advice.id} className="xs">
          <h3>{whom(speaker, incident, advice)}</h3>
          <AdviceLines speaker={speaker} advice={advice} />
          <p className="quiet">
            {t('statusPage.advice.version', {
              version: String(advice.version),
              moment: dates.moment(advice.publishedAt),
            })}
          </p>
        </div>
      ))}
    </section>
  )
}

export function EarlierAdvice({ speaker, incident }: { speaker: Speaker; incident: IncidentView }) {
  const { t, dates } = speaker
  if (incident.adviceEarlier.length === 0) return null
  return (
    <details>
      <summary>{t('statusPage.advice.earlier')}</summary>
      <ul className="plain lines">
        {incident.adviceEarlier.map(advice => (
          <li key={advice.id} className="xs">
            <h3>{whom(speaker, incident, advice)}</h3>
            <p className="quiet">
              {t('statusPage.advice.version', {
                version: String(advice.version),
                moment: dates.moment(advice.publishedAt),
              })}
            </p>
            {advice.does.en.length + advice.doNots.en.length === 0 ? (
              <p>{t('statusPage.advice.ended')}</p>
            ) : (
              <AdviceLines speaker={speaker} advice={advice} />
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
