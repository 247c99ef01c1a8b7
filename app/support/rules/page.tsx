import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { LinkButton } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StandingTag } from '@/app/_ui/standing'
import { doesWords, forWhom, ruleStandings } from '@/app/support/rules/rule-words'
import { mayEver } from '@/domain/policy'
import { listRules, type RuleView } from '@/domain/triage/rules/find-rules'

/** Every rule that the reader may see, what it does and what it did lately. */
export default page('/support/rules', async visit => {
  const { t, actor } = visit
  const rules = await listRules(actor)
  return (
    <ConsolePage
      title={t('rules.title')}
      lead={t('rules.lead')}
      back={{ href: '/support', label: t('rules.back') }}
      act={
        mayEver(actor, 'rule.write') ? <LinkButton href="/support/rules/new">{t('rules.new')}</LinkButton> : undefined
      }
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <Card>{rules.length === 0 ? <p>{t('rules.none')}</p> : <Rules visit={visit} rules={rules} />}</Card>
    </ConsolePage>
  )
})

function Rules({ visit, rules }: { visit: Visit; rules: RuleView[] }) {
  const { t, dates } = visit
  return (
    <ReflowTable
      caption={t('rules.caption')}
      columns={[
        { head: t('rules.columns.name') },
        { head: t('rules.columns.whose') },
        { head: t('rules.columns.does') },
        { head: t('rules.columns.state'), short: true },
        { head: t('rules.columns.lately') },
      ]}
      rows={rules.flatMap(rule => {
        const { id, active, versions, draft, lately } = rule
        const shown = active ?? versions[0]
        if (!shown) return []
        return [
          {
            key: id,
            cells: [
              <a key="name" href={`/support/rules/${id}`} className="inline-flex min-h-6 items-center font-semibold">
                {shown.name}
              </a>,
              forWhom(visit, rule),
              doesWords(visit, shown),
              <StandingTag key="state" standing={ruleStandings[shown.status]}>
                {active !== null && draft !== null ? t('rules.changing') : t(`rules.state.${shown.status}`)}
              </StandingTag>,
              <>
                {t('rules.lately', { count: lately.count })}
                {lately.last === null ? null : <br />}
                {lately.last === null ? null : t('rules.last', { moment: dates.shortMoment(lately.last) })}
              </>,
            ],
          },
        ]
      })}
    />
  )
}
