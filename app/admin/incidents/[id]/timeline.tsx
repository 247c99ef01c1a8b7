import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { Disclosure } from '@/app/_ui/disclosure'
import { Part } from '@/app/_ui/page'
import { Prose } from '@/app/_ui/prose'
import { StandingTag } from '@/app/_ui/standing'
import type { PartProps } from '@/app/admin/incidents/[id]/part-props'
import { phaseOf } from '@/app/admin/incidents/incident-words'
import type { FoundIncident, FoundStatement } from '@/domain/incident/find-incident'
import { otherLanguage } from '@/messages/language'

/** Everything that was said, the newest first, with who said it. */
export function Timeline({ visit, incident }: PartProps) {
  const { t } = visit
  return (
    <Card>
      <Part>
        <h2>{t('statusPage.timeline.heading')}</h2>
        {incident.statements.length === 0 ? <p>{t('incidents.page.nothingSaid')}</p> : null}
        <ol reversed className="grid gap-5">
          {incident.statements.map(statement => (
            <li
              key={statement.number}
              id={`statement-${statement.number}`}
              className="grid gap-2 border-line border-l-2 pl-4"
            >
              <Statement visit={visit} incident={incident} statement={statement} />
            </li>
          ))}
        </ol>
      </Part>
    </Card>
  )
}

function Statement({
  visit,
  incident,
  statement,
}: {
  visit: Visit
  incident: FoundIncident
  statement: FoundStatement
}) {
  const { t, dates, language } = visit
  const { standing, word } = phaseOf(visit, statement.status)
  const other = otherLanguage(language)
  const by = incident.statements.find(one => one.corrects === statement.number)
  const notes = [
    t('statusPage.timeline.number', { number: String(statement.number) }),
    dates.moment(statement.publishedAt),
    statement.author ?? t('incidents.page.portal'),
    t(statement.told ? 'incidents.page.told' : 'incidents.page.notTold'),
  ]
  return (
    <>
      <div>
        <StandingTag standing={standing}>{word}</StandingTag>
      </div>
      <Quiet>{notes.join(' · ')}</Quiet>
      {statement.backfilled ? (
        <Quiet>{t('statusPage.timeline.backfilled', { moment: dates.moment(statement.createdAt) })}</Quiet>
      ) : null}
      {statement.corrects === null || statement.reason === null ? null : (
        <p>
          {t('statusPage.timeline.corrects', {
            number: String(statement.corrects),
            reason: statement.reason[language],
          })}
        </p>
      )}
      {by === undefined ? null : <p>{t('statusPage.timeline.corrected', { number: String(by.number) })}</p>}
      <Prose html={statement.html[language]} lang={language} />
      {statement.components.length === 0 ? null : (
        <ul className="text-note text-quiet">
          {statement.components.map(({ name, from, to }) => (
            <li key={name.en}>
              {t('statusPage.timeline.change', {
                name: name[language],
                from: t(`statusPage.component.${from}`),
                to: t(`statusPage.component.${to}`),
              })}
            </li>
          ))}
        </ul>
      )}
      <Disclosure summary={t(`incidents.page.in.${other}`, { number: statement.number })}>
        <Prose html={statement.html[other]} lang={other} />
      </Disclosure>
    </>
  )
}
