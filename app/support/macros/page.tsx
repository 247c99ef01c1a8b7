import { page } from '@/app/_shell/page'
import { LinkButton } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { Notice } from '@/app/_ui/standing'
import { mayEver } from '@/domain/policy'
import { listMacros } from '@/domain/triage/find-macros'

/** Texts to begin answers from. */
export default page('/support/macros', async (visit, { query }) => {
  const { t, actor, language } = visit
  const macros = await listMacros(actor)
  const done = (['saved', 'removed'] as const).find(one => one === query.one('done'))
  const title = t('conversation.macros.title')
  return (
    <ConsolePage
      title={title}
      lead={t('conversation.macros.lead')}
      back={{ href: '/support', label: t('conversation.macros.back') }}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
      act={
        mayEver(actor, 'macro.manage') ? (
          <LinkButton href="/support/macros/new">{t('conversation.macros.add')}</LinkButton>
        ) : undefined
      }
    >
      {done === undefined ? null : <Notice standing="ok" title={t(`conversation.macros.${done}`)} />}
      <Card className={macros.length === 0 ? '' : 'py-1!'}>
        {macros.length === 0 ? (
          <p>{t('conversation.macros.none')}</p>
        ) : (
          <ReflowTable
            caption={title}
            columns={[
              { head: t('conversation.macros.columns.code') },
              { head: t('conversation.macros.columns.text') },
              { head: t('conversation.macros.columns.carrier'), short: true },
              { head: t('conversation.macros.columns.act'), selfExplaining: true },
            ]}
            rows={macros.map(({ id, code, textEn, textFr, carrier, manageable }) => ({
              key: id,
              cells: [
                <span key="code" className="font-semibold [overflow-wrap:anywhere]">
                  {code}
                </span>,
                <p key="text" data-verbatim="" className="line-clamp-3 whitespace-pre-line [overflow-wrap:anywhere]">
                  {language === 'fr' ? textFr : textEn}
                </p>,
                carrier ?? t('conversation.macros.everyCarrier'),
                manageable ? (
                  <a key="act" className="inline-flex min-h-6 items-center" href={`/support/macros/${id}`}>
                    {t('conversation.macros.edit')}
                    <span className="sr-only">: {code}</span>
                  </a>
                ) : null,
              ],
            }))}
          />
        )}
      </Card>
    </ConsolePage>
  )
})
