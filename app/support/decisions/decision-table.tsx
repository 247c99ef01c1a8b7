import type { Visit } from '@/app/_shell/visit'
import { Quiet } from '@/app/_ui/card'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StandingTag } from '@/app/_ui/standing'
import { When } from '@/app/_ui/when'
import { decisionStandings, whoIs } from '@/app/support/decisions/decision-words'
import type { DecisionView } from '@/domain/decision/decision-view'

export function DecisionTable({ visit, decisions, over }: { visit: Visit; decisions: DecisionView[]; over: boolean }) {
  const { t, dates } = visit
  return (
    <ReflowTable
      caption={t('decisions.title')}
      columns={[
        { head: t('decisions.columns.what') },
        { head: t('decisions.columns.why') },
        { head: t('decisions.columns.asked') },
        { head: t('decisions.columns.state'), short: true },
        { head: t(over ? 'decisions.one.facts.ended' : 'decisions.columns.until'), short: true },
      ]}
      rows={decisions.map(decision => {
        const { id, kind, reason, asked, status, expiresAt, ended } = decision
        return {
          key: id,
          cells: [
            <div key="what">
              <a href={`/support/decisions/${id}`} className="inline-flex min-h-6 items-center font-semibold">
                {t(`decisions.kinds.${kind}`)}
              </a>
              <Quiet className="num">{aboutWhat(visit, decision)}</Quiet>
            </div>,
            reason,
            t('decisions.askedBy', { who: whoIs(visit, asked), moment: dates.moment(asked.at) }),
            <StandingTag key="state" standing={decisionStandings[status]}>
              {t(`decisions.states.${status}`)}
            </StandingTag>,
            <When key="until" at={ended?.at ?? expiresAt} dates={dates} />,
          ],
        }
      })}
    />
  )
}

function aboutWhat({ t, language }: Visit, { request, massAct, wave, carrierName }: DecisionView): string {
  if (wave !== null) return `${t(`statusPage.category.${wave.category}`)} · ${wave.title[language]}`
  const carrier = carrierName ?? t('decisions.one.everyCarrier')
  if (request !== null) return `${request.reference} · ${carrier}`
  if (massAct === null) return carrier
  const { kind, counted: count } = massAct
  return `${t(`decisions.massKinds.${kind}`)} · ${t('decisions.countedTickets', { count })} · ${carrier}`
}
