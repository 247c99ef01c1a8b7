import { page } from '@/app/_shell/page'
import { LinkButton } from '@/app/_ui/button'
import { Card, Facts } from '@/app/_ui/card'
import { Page, Part } from '@/app/_ui/page'
import { StandingTag } from '@/app/_ui/standing'
import { accountStanding } from '@/app/account/devices/account-standing'
import { listAccounts } from '@/domain/restore/list-accounts'

export default page('/account/devices', async ({ t, dates, actor }) => {
  const accounts = await listAccounts(actor)
  const title = t('devices.title')
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')}>
      <Part>
        <h1>{title}</h1>
        <p>{accounts.length > 0 ? t('devices.lead') : t('devices.none')}</p>
      </Part>
      {accounts.map(({ id, label, kind, url, filesUrl, username, status, createdAt }) => (
        <Card key={id}>
          <div className="flex flex-wrap items-center gap-3 pb-2">
            <h2>{label}</h2>
            <StandingTag standing={accountStanding[status]}>{t(`devices.status.${status}`)}</StandingTag>
          </div>
          <Facts
            rows={[
              { term: t('devices.facts.kind'), value: t(`devices.kinds.${kind}`) },
              // A folder's place on the server is nothing to its owner.
              ...(kind === 'dav' ? [{ term: t('devices.facts.address'), value: url }] : []),
              ...(kind === 'dav' ? [{ term: t('devices.facts.files'), value: filesUrl ?? t('devices.noFiles') }] : []),
              ...(username === null ? [] : [{ term: t('devices.facts.user'), value: username }]),
              { term: t('devices.facts.added'), value: dates.day(createdAt) },
            ]}
          />
          <p className="flex flex-wrap gap-x-6">
            <a className="inline-flex min-h-11 items-center" href={`/account/devices/${id}`}>
              {t('devices.look')}
              <span className="sr-only">: {label}</span>
            </a>
            {kind === 'dav' ? (
              <a className="inline-flex min-h-11 items-center" href={`/account/devices/${id}/password`}>
                {t('devices.password')}
                <span className="sr-only">: {label}</span>
              </a>
            ) : null}
          </p>
        </Card>
      ))}
      <div>
        <LinkButton look={accounts.length > 0 ? 'plain' : 'main'} href="/account/devices/new">
          {t('devices.add')}
        </LinkButton>
      </div>
    </Page>
  )
})
