import { page } from '@/app/_shell/page'
import { recordsInWords } from '@/app/_shell/words'
import { LinkButton } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { Page, Part } from '@/app/_ui/page'
import { StandingTag } from '@/app/_ui/standing'
import { Table } from '@/app/_ui/table'
import { requestState, standings } from '@/app/account/restores/request-standing'
import { listOwnRequests } from '@/domain/restore/find-requests'

export default page('/account/restores', async visit => {
  const { t, dates, actor } = visit
  const requests = await listOwnRequests(actor)
  const title = t('requests.title')
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')}>
      <Part>
        <h1>{title}</h1>
        {requests.length === 0 ? <p>{t('requests.none')}</p> : null}
      </Part>
      {requests.length === 0 ? null : (
        <Card>
          <Table
            caption={title}
            columns={[
              { head: t('requests.columns.reference') },
              { head: t('requests.columns.state') },
              { head: t('requests.columns.filed'), wideOnly: true },
            ]}
            rows={requests.map(request => {
              const state = requestState(request)
              const counts = Object.fromEntries(request.categories.map(one => [one.category, one.found]))
              return {
                key: request.id,
                cells: [
                  <div key="reference">
                    <a
                      href={`/account/restores/${request.id}`}
                      className="num inline-flex min-h-11 items-center font-semibold"
                    >
                      {request.reference}
                    </a>
                    <p className="text-note text-quiet">{recordsInWords(visit, counts)}</p>
                  </div>,
                  <div key="state" className="py-2">
                    <StandingTag standing={standings[state]}>{t(`requests.status.${state}`)}</StandingTag>
                  </div>,
                  <div key="filed" className="py-2">
                    {dates.day(request.filedAt)}
                  </div>,
                ],
              }
            })}
          />
        </Card>
      )}
      <div>
        <LinkButton href="/account/restore">{t('account.home.restore')}</LinkButton>
      </div>
    </Page>
  )
})
