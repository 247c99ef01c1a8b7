import { notFound } from 'next/navigation'
import { page } from '@/app/_shell/page'
import { staffHome } from '@/app/_shell/sign-in'
import type { Visit } from '@/app/_shell/visit'
import { LinkButton } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import type { Standing } from '@/app/_ui/icon'
import { Page, Part } from '@/app/_ui/page'
import { StandingTag } from '@/app/_ui/standing'
import { LatestSaid } from '@/app/account/said'
import { type LatestUpdate, latestUpdates } from '@/domain/incident/latest-updates'
import { isLanguage } from '@/messages/language'

const standings: Record<LatestUpdate['status'], Standing> = {
  investigating: 'you',
  identified: 'you',
  monitoring: 'busy',
  resolved: 'ok',
  postmortem: 'ok',
}

/** What was last said in public, and the way to one's own data. */
export default page('/[language]', async (visit, { params }) => {
  if (!isLanguage(params.language)) notFound()
  const { t } = visit
  const updates = await latestUpdates()
  const [first] = updates
  const title = first === undefined ? t('status.none.title') : t('status.title')
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')} width="page">
      {first === undefined ? (
        <Part>
          <h1>{title}</h1>
          <p>{t('status.none.text')}</p>
        </Part>
      ) : null}
      {updates.map((update, index) => (
        <IncidentPart key={update.incident.id} visit={visit} update={update} heading={index === 0 ? 'h1' : 'h2'} />
      ))}
      <Card>
        <Part>
          <h2>{t('status.signIn.heading')}</h2>
          <p>{t('status.signIn.text')}</p>
          <div>
            <LinkButton href={homeOf(visit)}>
              {visit.session === null ? t('status.signIn.go') : t('status.signIn.goHome')}
            </LinkButton>
          </div>
        </Part>
      </Card>
    </Page>
  )
})

function IncidentPart({
  visit,
  update,
  heading: Heading,
}: {
  visit: Visit
  update: LatestUpdate
  heading: 'h1' | 'h2'
}) {
  const { t, dates, language } = visit
  const { incident, status } = update
  return (
    <Part>
      <div className="flex flex-wrap items-center gap-3">
        <StandingTag standing={standings[status]}>{t(`status.incident.${status}`)}</StandingTag>
        <Quiet>{t('status.since', { day: dates.day(incident.startedAt) })}</Quiet>
      </div>
      <Heading>{incident.title[language]}</Heading>
      <LatestSaid visit={visit} update={update} />
    </Part>
  )
}

function homeOf({ session, actor, people }: Visit): string {
  if (session === null) return '/sign-in'
  if (actor.role === 'subscriber') return '/account'
  return people.staff === null ? '/sign-in/whose' : staffHome(people.staff.role)
}
