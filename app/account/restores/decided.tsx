import type { Visit } from '@/app/_shell/visit'
import { Acts, LinkButton } from '@/app/_ui/button'
import { Card, Facts } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import type { RequestView } from '@/domain/restore/find-requests'
import { declinedBecause } from '@/domain/restore/restore-inputs'

/** Waiting for a decision, or declined with its reason. */
export function Decided({ visit, request }: { visit: Visit; request: RequestView }) {
  const { t, dates } = visit
  const { holdings, account, rule, declineReason, declineNote, status } = request
  const reason = declinedBecause.find(one => one === declineReason)
  return (
    <>
      <Part>
        <h1>{t(status === 'declined' ? 'requests.declined.title' : 'requests.filed.title')}</h1>
        {status === 'declined' ? null : <p>{t('requests.filed.text')}</p>}
      </Part>
      {status === 'declined' ? (
        <>
          <Notice standing="bad" title={t('requests.declined.why')}>
            {reason === undefined || reason === 'other' ? null : <p>{t(`reasons.decline.${reason}`)}</p>}
            {declineNote === null ? null : <p className="whitespace-pre-line">{declineNote}</p>}
          </Notice>
          <p>{t('requests.declined.text')}</p>
          <Acts>
            <LinkButton href="/account/restore">{t('requests.declined.again')}</LinkButton>
            <LinkButton look="plain" href="/account/download">
              {t('account.home.download')}
            </LinkButton>
          </Acts>
        </>
      ) : null}
      <Card>
        <div className="-my-3">
          <Facts
            rows={[
              {
                term: t('restore.check.what'),
                value: (
                  <ul className="num grid gap-1">
                    {holdings.map(({ id, category, complete, partial, damaged, asOf }) => (
                      <li key={id}>
                        {t('restore.check.asOf', {
                          records: t(`shell.records.${category}`, { count: complete + partial + damaged }),
                          day: dates.day(asOf),
                        })}
                      </li>
                    ))}
                  </ul>
                ),
              },
              { term: t('restore.check.account'), value: account.label },
              { term: t('restore.check.rule'), value: t(`requests.rules.${rule}`) },
            ]}
          />
        </div>
      </Card>
    </>
  )
}
