import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Acts, LinkButton } from '@/app/_ui/button'
import { ConsolePage } from '@/app/_ui/console-page'
import { Notice, StandingTag } from '@/app/_ui/standing'
import { AdvicePart } from '@/app/admin/incidents/[id]/advice-part'
import { Facts } from '@/app/admin/incidents/[id]/facts'
import { Figures, LooksBack } from '@/app/admin/incidents/[id]/figures'
import { Linked, OfferToTell } from '@/app/admin/incidents/[id]/linked'
import { OverdueHere, Promises } from '@/app/admin/incidents/[id]/promises'
import { Timeline } from '@/app/admin/incidents/[id]/timeline'
import { ToldPart } from '@/app/admin/incidents/[id]/told'
import { Waves } from '@/app/admin/incidents/[id]/waves'
import { manageWords, phaseOf } from '@/app/admin/incidents/incident-words'
import { listReleases } from '@/domain/decision/list-releases'
import { findIncident } from '@/domain/incident/find-incident'
import { isAtWork } from '@/domain/incident/incident-status'
import { listStatementChoices } from '@/domain/incident/list-statement-choices'
import { mayEver } from '@/domain/policy'
import { countLinked } from '@/domain/triage/find-linked'
import { listMassActs } from '@/domain/triage/mass/find-mass-acts'

const acts = [
  'opened',
  'said',
  'scheduled',
  'moved',
  'wave',
  'asked',
  'agreed',
  'refused',
  'withdrawn',
  'advice',
  'impact',
  'carriers',
  'postmortem',
  'retried',
  'stopped',
] as const

/** After which whose tickets are linked to it can be told. */
const offers = new Set<string>(['opened', 'said', 'moved', 'wave', 'agreed'])

/** One incident or maintenance with everything that was said, promised and told. */
export default page('/admin/incidents/[id]', async (visit, { params, query }) => {
  const { t, actor, language } = visit
  const allTold = query.one('told') === 'all'
  const [incident, releases, { carriers }, form, linked, told] = await Promise.all([
    findIncident(actor, params.id ?? '', { mostTold: allTold ? 100 : 3 }),
    listReleases(actor, params.id ?? ''),
    listStatementChoices(actor),
    formState(visit, query.one('form'), 'incidents.errors'),
    countLinked(actor, params.id ?? ''),
    listMassActs(actor, params.id ?? ''),
  ])
  const here = `/admin/incidents/${incident.id}`
  const { standing, word } = phaseOf(visit, incident.status)
  const done = acts.find(one => one === query.one('done'))
  const { status, kind } = incident
  const manages = mayEver(actor, 'incident.manage')
  const isDraft = status === 'draft'
  const props = { visit, incident, manages: manages && !isDraft }
  return (
    <ConsolePage
      title={incident.title[language]}
      tag={<StandingTag standing={standing}>{word}</StandingTag>}
      lead={isDraft ? t('incidents.page.draft') : t('incidents.page.number', { number: incident.number })}
      back={{ href: '/admin/incidents', label: t('incidents.list.title') }}
      errors={form.errors}
      words={manageWords(visit)}
      act={
        manages ? (
          <Acts>
            {isDraft ? (
              <LinkButton href={`/admin/incidents/new?draft=${incident.id}`}>{t('incidents.list.complete')}</LinkButton>
            ) : (
              <LinkButton href={`${here}/say`}>{t('incidents.say.title')}</LinkButton>
            )}
            {kind === 'maintenance' && (status === 'scheduled' || isAtWork(status)) ? (
              <LinkButton look="plain" href={`${here}/move`}>
                {t('incidents.move.title')}
              </LinkButton>
            ) : null}
          </Acts>
        ) : null
      }
    >
      {done === undefined || form.returned ? null : (
        <Notice standing="ok" title={t(`incidents.done.${done}.title`)}>
          <p>{t(`incidents.done.${done}.text`)}</p>
        </Notice>
      )}
      {done !== undefined && offers.has(done) && !form.returned ? <OfferToTell {...props} linked={linked} /> : null}
      <OverdueHere {...props} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem] [&>*]:min-w-0">
        <div className="grid gap-5 [&>*]:min-w-0">
          <Timeline {...props} />
          {isDraft || kind === 'maintenance' ? null : <Waves {...props} releases={releases} />}
          {isDraft || kind === 'maintenance' ? null : <AdvicePart {...props} carriers={carriers} />}
          <ToldPart {...props} all={allTold} />
        </div>
        <div className="grid gap-5 [&>*]:min-w-0">
          <Facts {...props} />
          <Promises {...props} />
          {isDraft || kind === 'maintenance' ? null : <Figures {...props} />}
          {isDraft || kind === 'maintenance' ? null : <Linked {...props} linked={linked} told={told} />}
          {status === 'resolved' || status === 'postmortem' ? <LooksBack {...props} /> : null}
        </div>
      </div>
    </ConsolePage>
  )
})
