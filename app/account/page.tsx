import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { recordsInWords } from '@/app/_shell/words'
import { Acts, LinkButton } from '@/app/_ui/button'
import { Card, Said } from '@/app/_ui/card'
import { Page, Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { CategoryStanding } from '@/app/account/category-standing'
import { LatestSaid } from '@/app/account/said'
import { latestUpdates } from '@/domain/incident/latest-updates'
import type { Category } from '@/domain/record/category'
import { type CategoryOverview, readOverview } from '@/domain/record/read-overview'
import { listOwnRequests } from '@/domain/restore/find-requests'
import { listAccounts } from '@/domain/restore/list-accounts'
import { openStatuses } from '@/domain/restore/request-status'

export default page('/account', async visit => {
  const { t, actor } = visit
  const carrierId = actor.role === 'subscriber' ? actor.carrierId : null
  const [overview, requests, accounts, updates] = await Promise.all([
    readOverview(actor),
    listOwnRequests(actor),
    listAccounts(actor),
    latestUpdates(carrierId),
  ])
  const days = new Set(overview.flatMap(({ newest }) => (newest ? [visit.dates.day(newest.asOf)] : [])))
  const ready = overview.some(one => one.standing === 'ready')
  const title = t(`account.home.title.${howMuch(overview)}`)
  const open = requests.filter(request => (openStatuses as readonly string[]).includes(request.status))
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')}>
      <Part>
        <h1>{title}</h1>
        <p>{lead(visit, overview)}</p>
      </Part>
      {open.map(request => (
        <OpenRequest key={request.id} visit={visit} request={request} />
      ))}
      <Card>
        <p className="pb-4">
          <NotRecovered visit={visit} overview={overview} />
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
      {updates.slice(0, 1).map(update => (
        <Part key={update.incident.id}>
          <h2>{t('account.said.heading')}</h2>
          <LatestSaid visit={visit} update={update} />
        </Part>
      ))}
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

/** The first thing said: what is not back, in numbers. */
function NotRecovered({ visit, overview }: { visit: Visit; overview: CategoryOverview[] }) {
  const { t } = visit
  const lost: Partial<Record<Category, number>> = {}
  const damaged: Partial<Record<Category, number>> = {}
  for (const { category, notFound, newest } of overview) {
    lost[category] = notFound ?? 0
    damaged[category] = newest?.damaged ?? 0
  }
  const said = [
    { key: 'lost', records: recordsInWords(visit, lost) },
    { key: 'damagedToo', records: recordsInWords(visit, damaged) },
  ] as const
  if (said.every(({ records }) => records === '')) return <strong>{t('account.home.nothingLost')}</strong>
  return (
    <>
      {said.map(({ key, records }) =>
        records === '' ? null : <strong key={key}>{t(`account.home.${key}`, { records })} </strong>,
      )}
      <a href="/account/missing">{t('account.home.seeWhy')}</a>
    </>
  )
}

type OwnRequest = Awaited<ReturnType<typeof listOwnRequests>>[number]

function OpenRequest({ visit: { t }, request }: { visit: Visit; request: OwnRequest }) {
  const { status, reference, id } = request
  if (status === 'declined' || status === 'done' || status === 'undone') return null
  const standing = status === 'held' || status === 'waiting' ? 'you' : status === 'running' ? 'busy' : 'wait'
  return (
    <Notice
      standing={standing}
      title={t.rich(`account.home.request.${status}`, {
        ref: () => <span className="num whitespace-nowrap">{reference}</span>,
      })}
    >
      <p>
        <a className="inline-flex min-h-11 items-center" href={`/account/restores/${id}`}>
          {t('account.home.request.see')}
        </a>
      </p>
    </Notice>
  )
}
