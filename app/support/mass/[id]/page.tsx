import { randomUUID } from 'node:crypto'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { Notice, StandingTag } from '@/app/_ui/standing'
import { LiveMassProgress } from '@/app/support/mass/[id]/live-mass-progress'
import { massProgressView } from '@/app/support/mass/[id]/mass-progress'
import { Preview } from '@/app/support/mass/[id]/preview'
import { massStandings, refusalWords, whatWords, whoseWords } from '@/app/support/mass/mass-words'
import { mayEver } from '@/domain/policy'
import { listQueueChoices, noChoices } from '@/domain/triage/list-queue-choices'
import { findMassAct, type MassActView } from '@/domain/triage/mass/find-mass-acts'
import { previewMassAct } from '@/domain/triage/mass/preview-mass-act'
import { macroWords } from '@/messages/macro-words'

/** One act on many tickets: before it is begun what it will be, after that how far it has come. */
export default page('/support/mass/[id]', async (visit, { params, query }) => {
  const { t, actor, timeZone } = visit
  const [act, form, named] = await Promise.all([
    findMassAct(actor, params.id ?? ''),
    formState(visit, query.one('form'), 'mass.errors', 'decisions.errors'),
    mayEver(actor, 'queue.read') ? listQueueChoices(actor, visit.language) : noChoices,
  ])
  const { id, status, stopReason } = act
  const words = (whom: Parameters<typeof macroWords>[0]) => macroWords(whom, timeZone, new Date())
  const preview = act.begins ? await previewMassAct(actor, { massActId: id }, words) : null
  const done = (['begun', 'asked', 'stopped'] as const).find(one => one === query.one('done'))
  return (
    <ConsolePage
      title={whatWords(visit, act)}
      tag={<StandingTag standing={massStandings[status]}>{t(`mass.states.${status}`)}</StandingTag>}
      lead={whoseWords(visit, act, named)}
      back={{ href: '/support/mass', label: t('mass.backList') }}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {done === undefined || form.returned ? null : <Notice standing="ok" title={t(`mass.one.acts.${done}`)} />}
      {stopReason === null ? null : <Notice standing="gone" title={t(`mass.stopped.${stopReason}`)} />}
      {preview === null ? null : <Preview visit={visit} act={act} preview={preview} form={form} />}
      {status === 'draft' ? null : <Progress visit={visit} act={act} />}
      <Refusals visit={visit} act={act} />
      <Texts visit={visit} act={act} />
      <Further visit={visit} act={act} />
    </ConsolePage>
  )
})

/** Often enough for who watches it, and little for who serves it. */
const askEveryMs = 3_000

function Progress({ visit, act }: { visit: Visit; act: MassActView }) {
  const { t } = visit
  const quarter = (percent: number) => t('mass.one.quarter', { percent })
  return (
    <Card>
      <Part>
        <LiveMassProgress
          first={massProgressView(visit, act)}
          here={`/support/mass/${act.id}`}
          everyMs={askEveryMs}
          words={{
            refresh: t('mass.one.reload'),
            ended: t('mass.one.over'),
            quarters: { 25: quarter(25), 50: quarter(50), 75: quarter(75) },
          }}
        />
      </Part>
    </Card>
  )
}

function Refusals({ visit, act: { refusals } }: { visit: Visit; act: MassActView }) {
  const { t } = visit
  if (refusals.length === 0) return null
  return (
    <Card>
      <Part>
        <h2>{t('mass.one.refusals')}</h2>
        <ul className="grid gap-2">
          {refusals.map(({ code, count }) => (
            <li key={code}>{t('mass.one.refusal', { count, reason: refusalWords(visit, code) })}</li>
          ))}
        </ul>
      </Part>
    </Card>
  )
}

function Texts({ visit: { t }, act: { textEn, textFr } }: { visit: Visit; act: MassActView }) {
  if (textEn === null || textFr === null) return null
  return (
    <Card>
      <Part>
        <h2>{t('mass.one.text')}</h2>
        <div className="grid gap-5 lg:grid-cols-2 [&>*]:min-w-0" data-verbatim="">
          <p lang="en" className="whitespace-pre-line [overflow-wrap:anywhere]">
            {textEn}
          </p>
          <p lang="fr" className="whitespace-pre-line [overflow-wrap:anywhere]">
            {textFr}
          </p>
        </div>
      </Part>
    </Card>
  )
}

function Further({ visit: { t, formToken }, act }: { visit: Visit; act: MassActView }) {
  const { id, decisionId, undoes, stops, undoable } = act
  const links = [
    ...(decisionId === null ? [] : [{ href: `/support/decisions/${decisionId}`, label: t('mass.one.decision') }]),
    ...(undoes === null ? [] : [{ href: `/support/mass/${undoes}`, label: t('mass.one.undoes') }]),
  ]
  return (
    <>
      {links.map(({ href, label }) => (
        <p key={href}>
          <a className="inline-flex min-h-6 items-center" href={href}>
            {label}
          </a>
        </p>
      ))}
      {stops ? (
        <Card>
          <Form action={`/support/mass/${id}/stop`} token={formToken}>
            <Quiet>{t('mass.one.stopText')}</Quiet>
            <div>
              <Button look="stern">{t('mass.one.stop')}</Button>
            </div>
          </Form>
        </Card>
      ) : null}
      {undoable ? (
        <Card>
          <Form action={`/support/mass/${id}/undo`} token={formToken} hidden={{ key: randomUUID() }}>
            <Quiet>{t('mass.one.undoText')}</Quiet>
            <div>
              <Button look="plain">{t('mass.one.undo')}</Button>
            </div>
          </Form>
        </Card>
      ) : null}
    </>
  )
}
