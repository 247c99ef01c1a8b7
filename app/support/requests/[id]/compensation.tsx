import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { Disclosure } from '@/app/_ui/disclosure'
import { Part } from '@/app/_ui/page'
import { becauseInWords, dayInWords, grantInWords } from '@/app/account/compensation/grant-words'
import { numberFacts, yesNoFacts } from '@/domain/compensation/facts'
import type { DecisionView } from '@/domain/compensation/read-decisions'

/** What the carrier grants whoever it is about, by which version, on what; and what was decided before. */
export function Compensation({ visit, decisions }: { visit: Visit; decisions: DecisionView[] }) {
  const { t } = visit
  if (decisions.length === 0) return null
  const [standing, earlier] = [decisions.filter(one => !one.endedAt), decisions.filter(one => one.endedAt)]
  return (
    <Card>
      <Part>
        <h2>{t('compensation.title')}</h2>
        {standing.map(one => (
          <One key={one.id} visit={visit} decision={one} />
        ))}
        {earlier.length === 0 ? null : (
          <Disclosure summary={t('compensation.case.earlier')}>
            <div className="grid gap-4">
              {earlier.map(one => (
                <One key={one.id} visit={visit} decision={one} />
              ))}
            </div>
          </Disclosure>
        )}
      </Part>
    </Card>
  )
}

function One({ visit, decision }: { visit: Visit; decision: DecisionView }) {
  const { t, dates, language } = visit
  const { incident, grant, reasons, evidence, decidedAt, version, reference, notifyBy, exported, endedAt } = decision
  const { facts, sources } = evidence
  return (
    <div className="grid gap-1">
      <h3>{language === 'fr' ? incident.titleFr : incident.titleEn}</h3>
      <p>
        {grant === null
          ? `${t('compensation.own.not')}: ${becauseInWords(visit, reasons).join(' ')}`
          : `${t('compensation.case.granted')} ${grantInWords(visit, grant)}`}
      </p>
      {exported ? <p>{t('compensation.case.billed')}</p> : null}
      {notifyBy === null ? null : <p>{t('compensation.case.by', { day: dayInWords(visit, notifyBy) })}</p>}
      <Quiet className="num">
        {t('compensation.own.decided', { moment: dates.moment(decidedAt), version: String(version), reference })}
        {endedAt === null ? '' : ` ${t('compensation.case.ended', { moment: dates.moment(endedAt) })}`}
      </Quiet>
      <Disclosure summary={t('compensation.case.evidence')}>
        <ul className="grid list-disc gap-1 pl-5">
          <li>{`${t('compensation.facts.loss')}: ${t(`rules.words.${facts.loss}`)}`}</li>
          {yesNoFacts.map(name => (
            <li key={name}>
              {`${t(`compensation.facts.${name}`)}: ${t(facts[name] ? 'rules.form.yes' : 'rules.form.no')}`}
            </li>
          ))}
          {numberFacts.map(name => {
            const value = facts[name]
            const said = value === null ? t('compensation.case.unknown') : dates.number(value)
            return <li key={name}>{`${t(`compensation.facts.${name}`)}: ${said}`}</li>
          })}
          <li className="num [overflow-wrap:anywhere]">
            {t('compensation.case.holdings', { ids: sources.holdings.join(', ') || '–' })}
          </li>
        </ul>
      </Disclosure>
    </div>
  )
}
