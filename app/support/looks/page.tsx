import { validate as isUuid } from 'uuid'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { KeysetPager } from '@/app/_ui/keyset-pager'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { staffRoles } from '@/domain/actor'
import { mayEver } from '@/domain/policy'
import { type ContentViewEntry, listContentViews } from '@/domain/record/list-content-views'

/** Who of the staff looked at what subscribers' records say, for those who watch over it. */
export default page('/support/looks', async (visit, { query }) => {
  const { t, dates, actor } = visit
  const after = query.one('after')
  const { views, next } = await listContentViews(actor, isUuid(after) ? { after } : {})
  const title = t('looks.list.title')
  return (
    <ConsolePage
      title={title}
      lead={t('looks.list.lead')}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {views.length === 0 ? (
        <Card>
          <p>{t('looks.list.none')}</p>
        </Card>
      ) : (
        <Card className="py-1!">
          <ReflowTable
            caption={title}
            columns={(['when', 'who', 'whose', 'what', 'why'] as const).map(name => ({
              head: t(`looks.list.columns.${name}`),
            }))}
            rows={views.map(view => ({
              key: view.id,
              cells: [
                dates.moment(view.openedAt),
                <Who key="who" visit={visit} view={view} />,
                <Whose key="whose" visit={visit} view={view} />,
                <What key="what" visit={visit} view={view} />,
                <div key="why">
                  {t(`looks.reasons.${view.reason}`)}
                  <Quiet className="break-words whitespace-pre-line">{view.note}</Quiet>
                </div>,
              ],
            }))}
          />
        </Card>
      )}
      <KeysetPager
        first={after === undefined ? null : '/support/looks'}
        next={next === null ? null : `/support/looks?after=${next}`}
        words={{ label: t('looks.list.pages'), first: t('looks.list.first'), next: t('looks.list.next') }}
      />
    </ConsolePage>
  )
})

interface Row {
  visit: Visit
  view: ContentViewEntry
}

function Who({ visit: { t }, view: { by } }: Row) {
  const role = staffRoles.find(one => one === by.role)
  return (
    <>
      {by.name}
      <Quiet>
        {t('looks.own.by', {
          role: role === undefined ? by.role : t(`signIn.roles.${role}`),
          carrier: by.carrierName ?? 'Homeward',
        })}
      </Quiet>
    </>
  )
}

function Whose({ visit: { t }, view: { subscriber } }: Row) {
  return (
    <>
      {subscriber.name ?? t('identity.support.unnamed')}
      <Quiet>{`${subscriber.accountId} · ${subscriber.carrierName}`}</Quiet>
    </>
  )
}

function What({ visit: { t, actor }, view: { category, requestId, reference } }: Row) {
  return (
    <>
      {t(`shell.categories.${category}`)}
      {requestId === null || reference === null ? null : mayEver(actor, 'queue.read') ? (
        <Quiet>
          <a className="inline-flex min-h-6 items-center" href={`/support/requests/${requestId}`}>
            {reference}
          </a>
        </Quiet>
      ) : (
        <Quiet>{reference}</Quiet>
      )}
    </>
  )
}
