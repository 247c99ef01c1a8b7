import type { Visit } from '@/app/_shell/visit'
import { Quiet } from '@/app/_ui/card'
import type { FoundIncident } from '@/domain/incident/find-incident'

/** One version, as people read it, with who wrote it and how many have seen it. */
export function AdviceLines({
  visit: { t, dates, language },
  advice,
}: {
  visit: Pick<Visit, 't' | 'dates' | 'language'>
  advice: FoundIncident['advice'][number]
}) {
  const parts = [
    { word: t('statusPage.advice.doNot'), lines: advice.doNots[language] },
    { word: t('statusPage.advice.does'), lines: advice.does[language] },
  ]
  return (
    <div className="grid gap-2">
      {parts.map(({ word, lines }) =>
        lines.length === 0 ? null : (
          <div key={word}>
            <p className="font-semibold">{word}</p>
            <ul className="list-disc pl-5 [overflow-wrap:anywhere]">
              {lines.map(line => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        ),
      )}
      {parts.every(({ lines }) => lines.length === 0) ? <p>{t('statusPage.advice.ended')}</p> : null}
      <Quiet>
        {t('statusPage.advice.version', { version: String(advice.version), moment: dates.moment(advice.publishedAt) })}
        {advice.author === null ? null : ` · ${advice.author}`} · {t('incidents.advice.shown', { count: advice.shown })}
      </Quiet>
    </div>
  )
}
