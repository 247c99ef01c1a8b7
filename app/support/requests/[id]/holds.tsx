import type { Visit } from '@/app/_shell/visit'
import { Notice } from '@/app/_ui/standing'
import { type Hold, holdsKnownAccounts } from '@/domain/identity/holds'
import type { RequestView } from '@/domain/restore/find-requests'

/** What stands against approving: holds on the subscriber, a device account that is new, or that is another person's. */
export function HoldNotices({ visit, request, holds: all }: { visit: Visit; request: RequestView; holds: Hold[] }) {
  const { t, dates } = visit
  const holds = request.account.coolingUntil === null ? all.filter(holdsKnownAccounts) : all
  return (
    <>
      {holds.length === 0 ? null : (
        <Notice standing="bad" title={t('identity.support.holds.title')}>
          {holds.map(hold => (
            <p key={hold.kind}>
              {t(`identity.support.holds.${hold.kind}`, {
                moment: dates.moment(hold.kind === 'changed' ? hold.until : hold.since),
              })}
            </p>
          ))}
        </Notice>
      )}
      {request.status === 'filed' ? <NewAccount visit={visit} request={request} /> : null}
    </>
  )
}

function NewAccount({ visit: { t, dates }, request }: { visit: Visit; request: RequestView }) {
  const { account, approvals } = request
  if (account.coolingUntil === null) return null
  const cools = account.coolingUntil > new Date()
  const moment = dates.moment(account.coolingUntil)
  const words =
    request.crossing === null
      ? {
          title: t('identity.support.newAccount.title'),
          wait: cools ? t('identity.support.newAccount.cooling', { moment }) : t('identity.support.newAccount.over'),
        }
      : {
          title: t('crossings.ask.two'),
          wait: cools ? t('crossings.ask.cooling', { moment }) : t('crossings.ask.waited'),
        }
  return (
    <Notice standing="you" title={words.title}>
      <p>{words.wait}</p>
      {approvals.count === 0 ? null : (
        <p>{t(approvals.own ? 'identity.support.newAccount.half' : 'identity.support.newAccount.one')}</p>
      )}
    </Notice>
  )
}
