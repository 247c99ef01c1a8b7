import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { waitPath } from '@/app/_shell/wait-path'
import { LinkButton } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Page, Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { ProofNeeded } from '@/app/account/proof-needed'
import { holdWords } from '@/app/account/security/hold-words'
import { type ContentStanding, contentStanding } from '@/domain/content-right'
import { readOverview } from '@/domain/record/read-overview'

/** A copy of everything, without any device account. */
export default page('/account/download', async visit => {
  const { t, dates, actor } = visit
  const overview = await readOverview(actor)
  const standing = await contentStanding(actor)
  const mayTry = standing.kind === 'open' || standing.kind === 'needs-proof'
  const has = (...wanted: string[]) =>
    overview.some(({ category, newest }) => wanted.includes(category) && newest !== null && newest.found > 0)
  const octets = overview.reduce((sum, { newest, fuller }) => sum + (newest?.octets ?? 0) + (fuller?.octets ?? 0), 0)
  const inside = [
    ...(has('contacts') ? [t('account.download.contacts')] : []),
    ...(has('calendar', 'tasks', 'notes') ? [t('account.download.calendars')] : []),
    ...(has('photos') ? [t('account.download.photos')] : []),
    ...(overview.some(({ newest }) => (newest?.damaged ?? 0) > 0) ? [t('account.download.damaged')] : []),
    t('account.download.report'),
  ]
  const title = t('account.download.title')
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')} back={{ href: '/account', label: t('shell.nav.home') }}>
      <Part>
        <h1>{title}</h1>
        <p>{octets === 0 ? t('account.download.nothing') : t('account.download.lead', { size: dates.size(octets) })}</p>
      </Part>
      {octets === 0 ? null : (
        <>
          <Card>
            <Part>
              <h2>{t('account.download.inside')}</h2>
              <ul className="grid list-disc gap-1 pl-6">
                {inside.map(line => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </Part>
          </Card>
          {mayTry ? <ProofNeeded visit={visit} /> : null}
          <Part>
            {mayTry ? (
              <div>
                <LinkButton href="/account/download/archive">{t('account.download.go')}</LinkButton>
              </div>
            ) : (
              <NotYet visit={visit} standing={standing} />
            )}
            <Quiet>{t('account.download.care')}</Quiet>
          </Part>
        </>
      )}
    </Page>
  )
})

/** Why it cannot be downloaded now; the page about the wait says the rest. */
function NotYet({ visit, standing }: { visit: Visit; standing: ContentStanding }) {
  const { t, dates } = visit
  if (standing.kind === 'held')
    return (
      <Notice standing="you" title={t('identity.page.holdsTitle')}>
        <p>{holdWords(visit, standing.hold)}</p>
      </Notice>
    )
  const title =
    standing.kind === 'waits'
      ? t('identity.content.waitsTitle', { moment: dates.moment(standing.until) })
      : t('identity.content.title')
  return (
    <Notice standing="wait" title={title}>
      <p>{t('identity.content.restoreText')}</p>
      <p>
        <a className="inline-flex min-h-11 items-center" href={waitPath('/account/download')}>
          {t('identity.content.unseenWhy')}
        </a>
      </p>
    </Notice>
  )
}
