import { notFound } from 'next/navigation'
import { outside } from '@/app/_shell/outside'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Acts, LinkButton } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { Page, Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { Table } from '@/app/_ui/table'
import { Refusal } from '@/domain/errors'
import { type AccountContents, inspectAccount } from '@/domain/restore/inspect-account'
import { listAccounts } from '@/domain/restore/list-accounts'
import { sentenceFor } from '@/messages/translate'

/** What the device account holds this moment, kind by kind. */
export default page('/account/devices/[id]', async (visit, { params }) => {
  const { t, actor } = visit
  const account = (await listAccounts(actor)).find(one => one.id === params.id)
  if (account === undefined) notFound()
  const looked = await look(visit, account.id)
  const title = t('devices.now.title', { label: account.label })
  return (
    <Page
      title={title}
      errorPrefix={t('shell.errorPrefix')}
      back={{ href: '/account/devices', label: t('devices.title') }}
    >
      <Part>
        <h1>{title}</h1>
        {'contents' in looked ? <p>{t('devices.now.lead')}</p> : null}
      </Part>
      {'contents' in looked ? (
        <Card>
          <Contents visit={visit} contents={looked.contents} caption={title} />
        </Card>
      ) : (
        <Notice standing="bad" title={t('devices.now.trouble')}>
          <p>{looked.trouble}.</p>
        </Notice>
      )}
      <Acts>
        <LinkButton href="/account/restore">{t('devices.now.restore')}</LinkButton>
        <LinkButton look="plain" href={`/account/devices/${account.id}`}>
          {t('devices.now.again')}
        </LinkButton>
        {account.kind === 'dav' ? (
          <a className="inline-flex min-h-11 items-center" href={`/account/devices/${account.id}/password`}>
            {t('devices.password')}
          </a>
        ) : null}
      </Acts>
    </Page>
  )
})

/** A server that does not answer is told as what it is; the page stays. */
async function look(visit: Visit, accountId: string): Promise<{ contents: AccountContents[] } | { trouble: string }> {
  try {
    return { contents: await inspectAccount(visit.actor, outside(), { accountId }) }
  } catch (error) {
    const known = error instanceof Refusal ? sentenceFor(visit.language, 'devices.errors', error.code) : null
    if (known === null) throw error
    return { trouble: known }
  }
}

function Contents({ visit, contents, caption }: { visit: Visit; contents: AccountContents[]; caption: string }) {
  const { t, dates, language } = visit
  return (
    <Table
      caption={caption}
      columns={[
        { head: t('devices.now.columns.category') },
        { head: t('devices.now.columns.count'), numeric: true },
        { head: t('devices.now.columns.sample') },
      ]}
      rows={contents.map(({ category, place, count, titles, trouble }) => {
        const named = titles.join(', ')
        const sample = count > titles.length ? t('devices.now.more', { titles: named }) : named
        const why =
          place === null ? t('devices.now.noPlace') : trouble && sentenceFor(language, 'devices.errors', trouble)
        return {
          key: category,
          cells: [
            t(`shell.categories.${category}`),
            why === null ? dates.number(count) : '–',
            why ?? (titles.length > 0 ? sample : '–'),
          ],
        }
      })}
    />
  )
}
