import { page } from '@/app/_shell/page'
import { settings } from '@/app/_shell/settings'
import type { Visit } from '@/app/_shell/visit'
import { Acts, LinkButton } from '@/app/_ui/button'
import { Card, Said } from '@/app/_ui/card'
import { Page, Part } from '@/app/_ui/page'
import { CarrierNotices } from '@/app/account/carrier-notices'
import { CategoryStanding } from '@/app/account/category-standing'
import { Held, ownHolds } from '@/app/account/held'
import { NotRecovered } from '@/app/account/not-recovered'
import { OpenRequest } from '@/app/account/open-request'
import { LatestSaid } from '@/app/account/said'
import { spoken } from '@/app/account/spoken'
import { isOpen } from '@/domain/incident/incident-status'
import { latestUpdates } from '@/domain/incident/latest-updates'
import { listSubscriberNotices } from '@/domain/notice/list-subscriber-notices'
import { type CategoryOverview, readOverview } from '@/domain/record/read-overview'
import { listOwnRequests } from '@/domain/restore/find-requests'
import { listAccounts } from '@/domain/restore/list-accounts'

export default page('/account', async visit => {
  const { t, actor } = visit
  const carrierId = actor.role === 'subscriber' ? actor.carrierId : null
  const [overview, requests, accounts, updates, notices, holds] = await Promise.all([
    readOverview(actor),
    listOwnRequests(actor),
    listAccounts(actor),
    latestUpdates(carrierId),
    listSubscriberNotices(actor, { portalUrl: settings().publicUrl, take: 3 }),
    ownHolds(visit),
  ])
  // What is open; where nothing is, what was last.
  const open = updates.filter(({ status }) => isOpen(status))
  const said = open.length > 0 ? open : updates.slice(0, 1)
  const days = new Set(overview.flatMap(({ newest }) => (newest ? [visit.dates.day(newest.asOf)] : [])))
  const ready = overview.some(one => one.standing === 'ready')
  const title = t(`account.home.title.${howMuch(overview)}`)
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')}>
      <Part>
        <h1>{title}</h1>
        <p>{lead(visit, overview)}</p>
      </Part>
      <Held visit={visit} holds={holds} />
      {requests.map(request => (
        <OpenRequest key={request.id} visit={visit} request={request} />
      ))}
      <Card>
        <p className="pb-4">
          <NotRecovered
            visit={visit}
            of={overview.map(({ category, notFound, newest }) => ({
              category,
              notFound,
              damaged: newest?.damaged ?? 0,
            }))}
          />
        </p>
        {overview.map(one => (
          <CategoryStanding key={one.category} visit={visit} overview={one} sameDay={days.size === 1} />
        ))}
      </Card>
      {ready ? (
        <Acts>
          <LinkButton href="/account/restore">{t('account.home.restore')}</LinkButton>
          <LinkButton look="plain" href="/account/records">
            {t('account.home.look')}
          </LinkButton>
          <a className="inline-flex min-h-11 items-center sm:ml-auto" href="/account/download">
            {t('account.home.download')}
          </a>
        </Acts>
      ) : null}
      <Said>
        <p>
          <a
            className="inline-flex min-h-11 items-center font-semibold"
            href={accounts.length > 0 ? '/account/devices' : '/account/devices/new'}
          >
            {accounts.length > 0 ? t('account.home.devices') : t('account.home.noDevices')}
          </a>
        </p>
        <p>{accounts.length > 0 ? t('account.home.devicesText') : t('account.home.noDevicesText')}</p>
      </Said>
      {said.length === 0 ? null : (
        <Part>
          <h2>{t('account.said.heading')}</h2>
          {said.map(update => (
            <Part key={update.incident.id}>
              {said.length === 1 ? null : <h3>{spoken(visit, update.incident.title)}</h3>}
              <LatestSaid visit={visit} update={update} />
              <p>
                <a
                  className="inline-flex min-h-11 items-center font-semibold"
                  href={`/account/incidents/${update.incident.id}`}
                >
                  {t('ownIncident.more')}
                  {said.length === 1 ? null : <span className="sr-only">: {spoken(visit, update.incident.title)}</span>}
                </a>
              </p>
            </Part>
          ))}
        </Part>
      )}
      {updates.length > said.length ? (
        <p>
          <a className="inline-flex min-h-11 items-center" href="/account/incidents">
            {t('ownIncident.all')}
          </a>
        </p>
      ) : null}
      {notices.length === 0 ? null : (
        <Part>
          <h2>{t('ownIncident.notices.latest')}</h2>
          <CarrierNotices visit={visit} notices={notices} />
        </Part>
      )}
    </Page>
  )
})

/** In one word how much of what is known to have been there can be read again. */
function howMuch(overview: CategoryOverview[]): 'all' | 'found' | 'most' | 'part' | 'little' | 'nothing' {
  const holdings = overview.flatMap(({ newest }) => newest ?? [])
  const readable = holdings.reduce((sum, one) => sum + one.complete + one.partial, 0)
  if (readable === 0) return 'nothing'
  const counted = holdings.filter(one => one.expected !== null)
  if (counted.length === 0) return 'found'
  const expected = counted.reduce((sum, one) => sum + Math.max(one.expected ?? 0, one.found), 0)
  const share = counted.reduce((sum, one) => sum + one.complete + one.partial, 0) / Math.max(1, expected)
  const whole = counted.length === overview.length && holdings.every(one => one.partial + one.damaged === 0)
  if (share === 1 && whole) return 'all'
  // Nothing is known to be missing, and of some nobody knows how many there were: "most" would say too much.
  if (share === 1 && counted.length < overview.length) return 'found'
  return share >= 0.6 ? 'most' : share >= 0.25 ? 'part' : 'little'
}

function lead({ t, dates }: Visit, overview: CategoryOverview[]): React.ReactNode {
  const asOf = overview.flatMap(({ newest }) => newest?.asOf ?? []).sort((a, b) => a.getTime() - b.getTime())
  const [first] = asOf
  const last = asOf.at(-1)
  if (first === undefined || last === undefined) return t('account.home.leadNothing')
  const b = (chunks: React.ReactNode) => <strong>{chunks}</strong>
  const [from, to] = [dates.day(first), dates.day(last)]
  return from === to
    ? t.rich('account.home.lead', { day: from, b })
    : t.rich('account.home.leadSeveral', { from, to, b })
}
