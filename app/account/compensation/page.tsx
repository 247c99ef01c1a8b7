import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { LinkButton } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Page, Part } from '@/app/_ui/page'
import { StandingTag } from '@/app/_ui/standing'
import { becauseInWords, dayInWords, grantInWords } from '@/app/account/compensation/grant-words'
import { type DecisionView, readOwnDecisions } from '@/domain/compensation/read-decisions'

/** What the subscriber's carrier grants them, or why nothing, and the way to ask. */
export default page('/account/compensation', async visit => {
  const { t, actor } = visit
  const decisions = await readOwnDecisions(actor)
  const title = t('compensation.own.title')
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')} back={{ href: '/account', label: t('shell.back') }}>
      <Part>
        <h1>{title}</h1>
        <p>{t('compensation.own.lead')}</p>
      </Part>
      {decisions.length === 0 ? <p>{t('compensation.own.none')}</p> : null}
      {decisions.map(one => (
        <One key={one.id} visit={visit} decision={one} />
      ))}
      <Part>
        <h2>{t('compensation.own.ask')}</h2>
        <p>{t('compensation.own.askText')}</p>
        <div>
          <LinkButton look="plain" href="/account/questions/new?kind=compensation">
            {t('compensation.own.askGo')}
          </LinkButton>
        </div>
      </Part>
    </Page>
  )
})

function One({ visit, decision }: { visit: Visit; decision: DecisionView }) {
  const { t, dates, language } = visit
  const { incident, carrier, grant, reasons, decidedAt, version, reference, notifyBy, exported } = decision
  return (
    <Card>
      <Part>
        <h2>{language === 'fr' ? incident.titleFr : incident.titleEn}</h2>
        {grant === null ? (
          <>
            <div>
              <StandingTag standing="gone">{t('compensation.own.not')}</StandingTag>
            </div>
            <p>{t('compensation.own.notText', { carrier })}</p>
            <ul className="grid list-disc gap-1 pl-6">
              {becauseInWords(visit, reasons).map(one => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </>
        ) : (
          <>
            <div>
              <StandingTag standing="ok">{t('compensation.own.yes')}</StandingTag>
            </div>
            <p>
              {t('compensation.own.grants', { carrier })} <strong>{grantInWords(visit, grant)}</strong>
            </p>
            <p>{exported ? t('compensation.own.billed') : t('compensation.own.toBill')}</p>
            {notifyBy === null ? null : (
              <Quiet>{t('compensation.own.by', { day: dayInWords(visit, notifyBy), carrier })}</Quiet>
            )}
          </>
        )}
        <Quiet className="num">
          {t('compensation.own.decided', { moment: dates.moment(decidedAt), version: String(version), reference })}
        </Quiet>
      </Part>
    </Card>
  )
}
