import { page } from '@/app/_shell/page'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StandingTag } from '@/app/_ui/standing'
import { whoIs } from '@/app/support/decisions/decision-words'
import { massStandings, whatWords, whoseWords } from '@/app/support/mass/mass-words'
import { mayEver } from '@/domain/policy'
import { listQueueChoices, noChoices } from '@/domain/triage/list-queue-choices'
import { listMassActs } from '@/domain/triage/mass/find-mass-acts'

/** What was done to many tickets lately. */
export default page('/support/mass', async visit => {
  const { t, actor, dates } = visit
  const readsQueue = mayEver(actor, 'queue.read')
  const [acts, named] = await Promise.all([
    listMassActs(actor),
    readsQueue ? listQueueChoices(actor, visit.language) : noChoices,
  ])
  return (
    <ConsolePage
      title={t('mass.title')}
      lead={t('mass.lead')}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
      back={
        readsQueue
          ? { href: '/support', label: t('mass.back') }
          : { href: '/admin/incidents', label: t('incidents.list.title') }
      }
    >
      {mayEver(actor, 'mass.reply') ? (
        <p>
          <a className="inline-flex min-h-6 items-center" href="/support/mass/new">
            {t('mass.begin')}
          </a>
        </p>
      ) : null}
      <Card>
        {acts.length === 0 ? (
          <p>{t('mass.none')}</p>
        ) : (
          <ReflowTable
            caption={t('mass.title')}
            columns={[
              { head: t('mass.columns.what') },
              { head: t('mass.columns.whose') },
              { head: t('mass.columns.asked') },
              { head: t('mass.columns.state'), short: true },
              { head: t('mass.columns.count'), numeric: true },
            ]}
            rows={acts.map(act => ({
              key: act.id,
              cells: [
                <a
                  key="what"
                  href={`/support/mass/${act.id}`}
                  className="inline-flex min-h-6 items-center font-semibold"
                >
                  {whatWords(visit, act)}
                </a>,
                whoseWords(visit, act, named),
                t('decisions.askedBy', { who: whoIs(visit, act.asked), moment: dates.moment(act.asked.at) }),
                <StandingTag key="state" standing={massStandings[act.status]}>
                  {t(`mass.states.${act.status}`)}
                </StandingTag>,
                dates.number(act.counted),
              ],
            }))}
          />
        )}
      </Card>
    </ConsolePage>
  )
})
