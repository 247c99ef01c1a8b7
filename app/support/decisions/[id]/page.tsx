import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { ConsolePage } from '@/app/_ui/console-page'
import { Part } from '@/app/_ui/page'
import { Notice, StandingTag } from '@/app/_ui/standing'
import { crossingStandings } from '@/app/account/crossings/crossing-standing'
import { DecisionActs } from '@/app/support/decisions/[id]/acts'
import { massFacts } from '@/app/support/decisions/[id]/mass-facts'
import { WaveActs } from '@/app/support/decisions/[id]/wave-acts'
import { waveFacts } from '@/app/support/decisions/[id]/wave-facts'
import { decisionStandings, endedWords, whoIs } from '@/app/support/decisions/decision-words'
import type { DecisionView } from '@/domain/decision/decision-view'
import { findDecision } from '@/domain/decision/find-decisions'
import { mayEver } from '@/domain/policy'
import { listQueueChoices, noChoices } from '@/domain/triage/list-queue-choices'
import { findMassAct } from '@/domain/triage/mass/find-mass-acts'

const acts = ['asked', 'approved', 'refused', 'withdrawn'] as const

/** One question to a second person: what it means, who asked and why, and what the reader may do about it. */
export default page('/support/decisions/[id]', async (visit, { params, query }) => {
  const { t, actor } = visit
  const [decision, form] = await Promise.all([
    findDecision(actor, params.id ?? ''),
    formState(visit, query.one('form'), 'decisions.errors'),
  ])
  const { kind, status, request, wave, massAct } = decision
  const mass = massAct && {
    act: await findMassAct(actor, massAct.id),
    named: mayEver(actor, 'queue.read') ? await listQueueChoices(actor, visit.language) : noChoices,
  }
  const done = acts.find(one => one === query.one('done'))
  return (
    <ConsolePage
      title={t(`decisions.one.title.${kind}`)}
      tag={<StandingTag standing={decisionStandings[status]}>{t(`decisions.states.${status}`)}</StandingTag>}
      back={{ href: '/support/decisions', label: t('decisions.one.back') }}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {done === undefined || form.returned ? null : <Notice standing="ok" title={t(`decisions.one.done.${done}`)} />}
      {status === 'open' && request?.filed === false ? (
        <Notice standing="you" title={t('decisions.one.moved')} />
      ) : null}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem] [&>*]:min-w-0">
        <Card>
          <Part>
            <Quiet>{t(`decisions.one.means.${kind}`)}</Quiet>
            <Facts visit={visit} decision={decision} mass={mass} />
          </Part>
        </Card>
        {wave === null ? (
          <DecisionActs visit={visit} decision={decision} form={form} />
        ) : (
          <WaveActs visit={visit} decision={decision} wave={wave} />
        )}
      </div>
    </ConsolePage>
  )
})

interface FactsProps {
  visit: Visit
  decision: DecisionView
  mass: Parameters<typeof massFacts>[1] | null
}

function Facts({ visit, decision, mass }: FactsProps) {
  const { t, dates } = visit
  const { request, crossing, wave, carrierName, reason, asked, expiresAt, note } = decision
  const rows = [
    ...(request === null
      ? []
      : [
          {
            term: t('decisions.one.facts.request'),
            value: (
              <a href={`/support/requests/${request.id}`} className="num inline-flex min-h-6 items-center">
                {request.reference}
              </a>
            ),
          },
        ]),
    ...(crossing === null
      ? []
      : [
          { term: t('decisions.one.facts.from'), value: <span className="num">{crossing.from}</span> },
          { term: t('decisions.one.facts.into'), value: <span className="num">{crossing.into}</span> },
          { term: t('decisions.one.facts.device'), value: crossing.device },
          { term: t('decisions.one.facts.stands'), value: <Stands visit={visit} crossing={crossing} /> },
        ]),
    ...(mass === null ? [] : massFacts(visit, mass)),
    ...(wave === null ? [] : waveFacts(visit, wave)),
    { term: t('decisions.one.facts.carrier'), value: carrierName ?? t('decisions.one.everyCarrier') },
    { term: t('decisions.one.facts.reason'), value: <span className="whitespace-pre-line">{reason}</span> },
    {
      term: t('decisions.one.facts.asked'),
      value: t('decisions.askedBy', { who: whoIs(visit, asked), moment: dates.moment(asked.at) }),
    },
    { term: t('decisions.one.facts.until'), value: dates.moment(expiresAt) },
    ...(decision.ended === null ? [] : [{ term: t('decisions.one.facts.ended'), value: endedWords(visit, decision) }]),
    ...(note === null ? [] : [{ term: t('decisions.one.facts.note'), value: note }]),
  ]
  return <CompactFacts rows={rows} />
}

/** How far the two persons have come, and the request that puts it there. */
function Stands({ visit: { t }, crossing }: { visit: Visit; crossing: NonNullable<DecisionView['crossing']> }) {
  const { status, carried } = crossing
  return (
    <div className="grid gap-1">
      <div>
        <StandingTag standing={crossingStandings[status]}>{t(`crossings.forSupport.${status}`)}</StandingTag>
      </div>
      {carried === null ? null : (
        <div>
          <a href={`/support/requests/${carried.id}`} className="num inline-flex min-h-6 items-center">
            {carried.reference}
          </a>
        </div>
      )}
    </div>
  )
}
