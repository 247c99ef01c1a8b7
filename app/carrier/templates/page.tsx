import { redirect } from 'next/navigation'
import { page } from '@/app/_shell/page'
import { LinkButton } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { Notice } from '@/app/_ui/standing'
import { CarrierTabs } from '@/app/carrier/carrier-tabs'
import { titleOf } from '@/app/carrier/notice-words'
import { isOfOneCarrier } from '@/app/carrier/own-carrier'
import { listTemplates } from '@/domain/notice/list-templates'
import { mayEver } from '@/domain/policy'

/** Texts to begin notices from. */
export default page('/carrier/templates', async (visit, { query }) => {
  const { t, actor, language } = visit
  if (!isOfOneCarrier(actor)) redirect('/carrier')
  const templates = await listTemplates(actor, actor.carrierId)
  return (
    <ConsolePage
      title={t('notices.templates.title')}
      lead={t('notices.templates.lead')}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <CarrierTabs visit={visit} here="templates" />
      {query.one('done') === 'saved' ? <Notice standing="ok" title={t('notices.templates.saved')} /> : null}
      <Card className="py-1!">
        {templates.length === 0 ? (
          <p className="py-3">{t('notices.templates.empty')}</p>
        ) : (
          <ReflowTable
            caption={t('notices.templates.title')}
            columns={[
              { head: t('notices.templates.columns.name') },
              { head: t('notices.templates.columns.title') },
              { head: t('notices.templates.columns.act'), selfExplaining: true },
            ]}
            rows={templates.map(template => ({
              key: template.id,
              cells: [
                <div key="name" className="[overflow-wrap:anywhere]">
                  <span className="font-semibold">{template.name}</span>
                  {template.carrierId === null ? <Quiet>{t('notices.templates.forAll')}</Quiet> : null}
                </div>,
                titleOf(visit, template, language),
                mayEver(actor, 'notice.write') ? (
                  <LinkButton key="act" look="plain" href={`/carrier/notices/new?template=${template.id}`}>
                    {t('notices.templates.use')}
                    <span className="sr-only">: {template.name}</span>
                  </LinkButton>
                ) : null,
              ],
            }))}
          />
        )}
      </Card>
    </ConsolePage>
  )
})
