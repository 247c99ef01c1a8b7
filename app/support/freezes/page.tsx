import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Form } from '@/app/_ui/form'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { Notice } from '@/app/_ui/standing'
import { listFreezes, type OpenFreeze } from '@/domain/identity/list-freezes'
import { mayEver } from '@/domain/policy'

/** The tickets of those who said "this was not me". */
export default page('/support/freezes', async (visit, { query }) => {
  const { t, dates, actor } = visit
  const [freezes, form] = await Promise.all([
    listFreezes(actor),
    formState(visit, query.one('form'), 'identity.errors'),
  ])
  const done = query.one('done')
  const title = t('identity.support.title')
  return (
    <ConsolePage
      title={title}
      back={{ href: '/support', label: t('identity.support.back') }}
      lead={t('identity.support.lead')}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {done === 'asked' || done === 'ended' ? (
        <Notice standing="ok" title={t(`identity.support.done.${done}`)} />
      ) : null}
      {freezes.length === 0 ? (
        <Card>
          <p>{t('identity.support.none')}</p>
        </Card>
      ) : (
        <Card className="py-1!">
          <ReflowTable
            caption={title}
            columns={(['who', 'since', 'how', 'act'] as const).map(name => ({
              head: t(`identity.support.columns.${name}`),
            }))}
            rows={freezes.map(freeze => ({
              key: freeze.id,
              cells: [
                <Who key="who" visit={visit} freeze={freeze} />,
                dates.moment(freeze.openedAt),
                t(`identity.support.sources.${freeze.source}`),
                <End key="end" visit={visit} freeze={freeze} />,
              ],
            }))}
          />
        </Card>
      )}
    </ConsolePage>
  )
})

interface Row {
  visit: Visit
  freeze: OpenFreeze
}

function Who({ visit: { t }, freeze: { name, accountId, carrierName } }: Row) {
  return (
    <>
      {name ?? t('identity.support.unnamed')}
      <Quiet>{`${accountId} · ${carrierName}`}</Quiet>
    </>
  )
}

function End({ visit: { t, dates, actor, formToken }, freeze: { id, askedAt, askedBySelf } }: Row) {
  if (!mayEver(actor, 'freeze.end')) return null
  if (askedBySelf) return <Quiet>{t('identity.support.waits')}</Quiet>
  return (
    <Form action={`/support/freezes/${id}/end`} token={formToken}>
      {askedAt === null ? null : <Quiet>{t('identity.support.asked', { relative: dates.relative(askedAt) })}</Quiet>}
      <div>
        <Button look="plain">{t(askedAt === null ? 'identity.support.ask' : 'identity.support.agree')}</Button>
      </div>
    </Form>
  )
}
