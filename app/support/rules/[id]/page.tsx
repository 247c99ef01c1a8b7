import { type FormState, formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { ConsolePage } from '@/app/_ui/console-page'
import { Disclosure } from '@/app/_ui/disclosure'
import { Choices, errorFor, Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { Notice, StandingTag } from '@/app/_ui/standing'
import { whoIs } from '@/app/support/decisions/decision-words'
import { Run } from '@/app/support/rules/[id]/run'
import { valuesOf } from '@/app/support/rules/rule-fields'
import { RuleForm } from '@/app/support/rules/rule-form'
import { conditionWords, doesWords, forWhom, ruleStandings } from '@/app/support/rules/rule-words'
import { type LinkChoice, listLinkChoices } from '@/domain/triage/find-linked'
import { findRule, type RuleView, type VersionView } from '@/domain/triage/rules/find-rules'
import { listRuleCarriers } from '@/domain/triage/rules/list-rule-carriers'

type Carriers = { id: string; name: string }[]
const dones = ['saved', 'trying', 'activated', 'off'] as const

/** One rule: what it says in each version, how it went when it was tried, and what the reader may do with it. */
export default page('/support/rules/[id]', async (visit, { params, query }) => {
  const { t, actor } = visit
  const [rule, form, carriers] = await Promise.all([
    findRule(actor, params.id ?? ''),
    formState(visit, query.one('form'), 'rules.errors'),
    listRuleCarriers(actor),
  ])
  const incidents = rule.mayWrite ? await listLinkChoices(actor, rule.carrierId) : []
  const { draft, active, versions } = rule
  const shown = active ?? versions[0]!
  const done = dones.find(one => one === query.one('done'))
  return (
    <ConsolePage
      title={t('rules.one.title', { name: shown.name })}
      tag={<StandingTag standing={ruleStandings[shown.status]}>{t(`rules.state.${shown.status}`)}</StandingTag>}
      back={{ href: '/support/rules', label: t('rules.one.back') }}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {done === undefined || form.returned ? null : <Notice standing="ok" title={t(`rules.done.${done}`)} />}
      {draft === null ? null : <Draft visit={visit} rule={rule} draft={draft} form={form} carriers={carriers} />}
      {rule.mayWrite ? <Write visit={visit} rule={rule} form={form} carriers={carriers} incidents={incidents} /> : null}
      {active === null || !rule.mayWrite ? null : <Off visit={visit} rule={rule} />}
      {versions
        .filter(({ status }) => status !== 'draft')
        .map(version => (
          <Version key={version.id} visit={visit} rule={rule} version={version} carriers={carriers} />
        ))}
    </ConsolePage>
  )
})

/** What the draft says, how it went when it was tried, and activating it. */
function Draft({
  visit,
  rule,
  draft,
  form,
  carriers,
}: {
  visit: Visit
  rule: RuleView
  draft: VersionView
  form: FormState
  carriers: Carriers
}) {
  const { t, formToken } = visit
  const { tried, edition } = draft
  const hidden = { edition: String(edition) }
  return (
    <>
      <Version visit={visit} rule={rule} version={draft} carriers={carriers} />
      <Card>
        <Part>
          <h2>{t('rules.try.title')}</h2>
          <Quiet>{t('rules.try.text')}</Quiet>
          {tried === null ? <p>{t('rules.try.untried')}</p> : <Run visit={visit} run={tried} ruleId={rule.id} />}
          {rule.mayWrite && tried?.status !== 'running' ? (
            <Form action={`/support/rules/${rule.id}/try`} token={formToken} hidden={hidden}>
              <div>
                <Button look="plain">{t(tried === null ? 'rules.try.button' : 'rules.try.again')}</Button>
              </div>
            </Form>
          ) : null}
        </Part>
      </Card>
      {rule.mayWrite ? <Activate visit={visit} rule={rule} draft={draft} form={form} /> : null}
    </>
  )
}

function Activate({
  visit: { t, formToken },
  rule,
  draft: { edition, tried },
  form,
}: {
  visit: Visit
  rule: RuleView
  draft: VersionView
  form: FormState
}) {
  const isTried = tried?.status === 'done'
  return (
    <Card>
      <Part>
        <h2>{t('rules.activate.title')}</h2>
        <Quiet>{t('rules.activate.text')}</Quiet>
        {rule.mayActivate ? null : <p>{t('rules.activate.own')}</p>}
        {isTried ? null : <p>{t('rules.activate.untried')}</p>}
        {rule.mayActivate && isTried ? (
          <Form action={`/support/rules/${rule.id}/activate`} token={formToken} hidden={{ edition: String(edition) }}>
            {tried.wide ? (
              <Choices
                kind="checkbox"
                name="confirmed"
                legend={t('rules.try.wide')}
                error={errorFor(form.errors, 'confirmed')}
                choices={[{ value: 'yes', label: t('rules.activate.confirm') }]}
                chosen={[]}
              />
            ) : null}
            <div>
              <Button>{t('rules.activate.button')}</Button>
            </div>
          </Form>
        ) : null}
      </Part>
    </Card>
  )
}

/** The form of the draft, or of the next version. */
function Write({
  visit,
  rule,
  form,
  carriers,
  incidents,
}: {
  visit: Visit
  rule: RuleView
  form: FormState
  carriers: Carriers
  incidents: LinkChoice[]
}) {
  const { t } = visit
  const { id, draft, active, versions, carrierId } = rule
  const from = draft ?? active ?? versions[0]!
  // A refused activation comes back too: only what was entered here opens the form.
  const isOpen = form.returned && form.value('name') !== undefined
  return (
    <Card>
      <Disclosure summary={t(draft === null ? 'rules.one.revise' : 'rules.one.change')} open={isOpen}>
        <div className="grid gap-4">
          {draft === null && active !== null ? <Quiet>{t('rules.one.reviseText')}</Quiet> : null}
          <RuleForm
            visit={visit}
            form={isOpen ? form : { ...form, returned: false }}
            action={`/support/rules/${id}/rewrite`}
            hidden={{ edition: String(draft?.edition ?? 0) }}
            values={valuesOf(from)}
            carriers={carrierId === null ? carriers : []}
            incidents={incidents}
          />
        </div>
      </Disclosure>
    </Card>
  )
}

function Off({ visit: { t, formToken }, rule: { id } }: { visit: Visit; rule: RuleView }) {
  return (
    <Card>
      <Form action={`/support/rules/${id}/off`} token={formToken}>
        <Quiet>{t('rules.off.text')}</Quiet>
        <div>
          <Button look="stern">{t('rules.off.button')}</Button>
        </div>
      </Form>
    </Card>
  )
}

function Version({
  visit,
  rule,
  version,
  carriers,
}: {
  visit: Visit
  rule: RuleView
  version: VersionView
  carriers: Carriers
}) {
  const { t, dates } = visit
  const names = new Map(carriers.map(({ id, name }) => [id, name]))
  const { number, status, name, conditions, position, written, activated, ended, backlog } = version
  const who = (key: 'written' | 'activated' | 'superseded' | 'off', what: VersionView['written']) =>
    t(`rules.one.${key}`, { who: whoIs(visit, what.by), moment: dates.moment(what.at) })
  return (
    <Card>
      <Part>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <h2>{t('rules.one.version', { number: String(number) })}</h2>
          <StandingTag standing={ruleStandings[status]}>{t(`rules.state.${status}`)}</StandingTag>
        </div>
        <p className="font-semibold">{name}</p>
        <p>{t('rules.one.if')}</p>
        <ul className="grid list-disc gap-1 pl-5">
          {conditions.map(one => (
            <li key={`${one.fact} ${one.op}`}>{conditionWords(visit, one, names)}</li>
          ))}
        </ul>
        <CompactFacts
          rows={[
            { term: t('rules.one.follows'), value: doesWords(visit, version) },
            { term: t('rules.one.whose'), value: forWhom(visit, rule) },
            { term: t('rules.one.position'), value: dates.number(position) },
          ]}
        />
        <Quiet>{who('written', written)}</Quiet>
        {activated === null ? null : <Quiet>{who('activated', activated)}</Quiet>}
        {ended === null || status === 'draft' || status === 'active' ? null : <Quiet>{who(status, ended)}</Quiet>}
        {backlog === null ? null : (
          <Disclosure summary={t('rules.backlog.title')} open={backlog.status === 'running'}>
            <Run visit={visit} run={backlog} ruleId={rule.id} />
          </Disclosure>
        )}
      </Part>
    </Card>
  )
}
