import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { Part } from '@/app/_ui/page'
import type { RequestView } from '@/domain/restore/find-requests'
import type { listAccounts } from '@/domain/restore/list-accounts'

type Account = Awaited<ReturnType<typeof listAccounts>>[number]

/** Who asks, for what, and where it would go. `account` is undefined where the reader may not see accounts. */
export function Who({ visit, request, account }: { visit: Visit; request: RequestView; account: Account | undefined }) {
  const { t, dates } = visit
  const { subscriber, categories, rule, filedAt } = request
  const label = (name: Parameters<typeof factKey>[0]) => t(factKey(name))
  return (
    <Card>
      <Part>
        <h2>{t('support.case.who')}</h2>
        <CompactFacts
          rows={[
            { term: label('name'), value: subscriber.name ?? t('support.case.unnamed') },
            { term: label('account'), value: <span className="num">{subscriber.accountId}</span> },
            { term: label('carrier'), value: subscriber.carrier.name },
            { term: label('language'), value: t(`support.languages.${subscriber.language}`) },
            { term: label('filed'), value: `${dates.moment(filedAt)} (${dates.relative(filedAt)})` },
            {
              term: label('asked'),
              value: dates.list(categories.map(({ category }) => t(`shell.categoriesInline.${category}`))),
            },
            { term: label('rule'), value: t(`support.case.rules.${rule}`) },
            { term: label('device'), value: <Device visit={visit} request={request} account={account} /> },
          ]}
        />
        <Quiet>{t('support.case.privacy')}</Quiet>
      </Part>
    </Card>
  )
}

const factKey = (name: 'name' | 'account' | 'carrier' | 'language' | 'filed' | 'asked' | 'rule' | 'device') =>
  `support.case.facts.${name}` as const

function Device({
  visit: { t, dates },
  request,
  account,
}: {
  visit: Visit
  request: RequestView
  account: Account | undefined
}) {
  const { label, kind } = request.account
  const more =
    account === undefined
      ? []
      : [
          account.url,
          `${t('support.case.facts.deviceAdded')} ${dates.day(account.createdAt)}`,
          t(`support.case.deviceStates.${account.status}`),
        ]
  return (
    <>
      {label}
      <Quiet className="break-words">{[t(`support.case.deviceKinds.${kind}`), ...more].join(' · ')}</Quiet>
    </>
  )
}
