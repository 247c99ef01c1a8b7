import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Facts, Quiet } from '@/app/_ui/card'
import { ErrorSummary, Form } from '@/app/_ui/form'
import { Page, Part } from '@/app/_ui/page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { Notice, StandingTag } from '@/app/_ui/standing'
import { standingOf } from '@/app/account/crossings/crossing-standing'
import { ProofNeeded } from '@/app/account/proof-needed'
import { type CrossingView, findOwnCrossing } from '@/domain/crossing/find-crossings'

const acts = ['consented', 'refused', 'undo'] as const

/** What is asked between the reader and another person: who, how many of what kind, and the reader's own yes or no. */
export default page('/account/crossings/[id]', async (visit, { params, query }) => {
  const { t } = visit
  const crossing = await findOwnCrossing(visit.actor, params.id ?? '')
  const form = await formState(visit, query.one('form'), 'crossings.errors')
  const { side, status, request, actions } = crossing
  const { standing, word } = standingOf(visit, crossing)
  const account = side === 'source' ? crossing.targetAccountId : crossing.sourceAccountId
  const title = t(`crossings.title.${side}`)
  const done = acts.find(one => one === query.one('done'))
  return (
    <Page
      title={title}
      errorPrefix={t('shell.errorPrefix')}
      failed={form.errors.length > 0}
      back={{ href: '/account/security', label: t('crossings.back') }}
    >
      <ErrorSummary heading={t('shell.problem')} errors={form.errors} />
      <Part>
        <h1>{title}</h1>
        <div>
          <StandingTag standing={standing}>{word}</StandingTag>
        </div>
        <p>{leadOf(visit, crossing, account)}</p>
      </Part>
      {done === undefined || form.returned || request === 'undone' ? null : (
        <Notice standing="ok" title={t(`crossings.done.${done}`)} />
      )}
      {status === 'filed' && request !== null && request !== 'done' && request !== 'undone' ? (
        <p>{t(`crossings.progress.${request}`)}</p>
      ) : null}
      <Placed visit={visit} crossing={crossing} account={account} />
      <Card>
        <Part>
          <h2>{t('crossings.what')}</h2>
          <About visit={visit} crossing={crossing} account={account} />
          <Counts visit={visit} crossing={crossing} />
        </Part>
      </Card>
      {actions.length === 0 ? null : <Acts visit={visit} crossing={crossing} />}
    </Page>
  )
})

/** What is asked, or was; of what was put there the numbers and the moment tell the other. */
function leadOf({ t }: Visit, { side, status, request }: CrossingView, account: string): string {
  if (status === 'filed' && request === 'done') return t(`crossings.leadDone.${side}`, { account })
  if (status === 'filed' && request === 'undone') return t(`crossings.leadUndone.${side}`, { account })
  if (status === 'open' || status === 'filed') return t(`crossings.lead.${side}`, { account })
  return t(`crossings.leadOver.${side}`, { account })
}

/** Said to whoever has them now in an account of theirs. */
function Placed({ visit: { t, dates }, crossing, account }: { visit: Visit; crossing: CrossingView; account: string }) {
  const { side, finishedAt, request, categories } = crossing
  if (side !== 'target' || finishedAt === null || request !== 'done') return null
  const count = categories.reduce((sum, one) => sum + (one.there ?? 0), 0)
  return <p>{t('crossings.placed', { count, account, moment: dates.moment(finishedAt) })}</p>
}

function About({ visit: { t, dates }, crossing, account }: { visit: Visit; crossing: CrossingView; account: string }) {
  const { side, sourceAccountId, targetAccountId, consented, expiresAt, opensAt } = crossing
  const answer = (at: Date | null) =>
    at === null ? t('crossings.notYet') : t('crossings.yes', { moment: dates.moment(at) })
  return (
    <Facts
      rows={[
        { term: t('crossings.facts.other'), value: <span className="num">{account}</span> },
        {
          term: t('crossings.facts.own'),
          value: <span className="num">{side === 'source' ? sourceAccountId : targetAccountId}</span>,
        },
        { term: t('crossings.facts.you'), value: answer(consented.own) },
        { term: t('crossings.facts.they'), value: answer(consented.other) },
        opensAt === null
          ? { term: t('crossings.facts.until'), value: dates.moment(expiresAt) }
          : { term: t('crossings.facts.opens'), value: dates.moment(opensAt) },
      ]}
    />
  )
}

function Counts({ visit: { t, dates }, crossing: { categories } }: { visit: Visit; crossing: CrossingView }) {
  const hasEnded = categories.some(one => one.there !== null)
  return (
    <ReflowTable
      caption={t('crossings.what')}
      columns={[
        { head: t('crossings.columns.category') },
        { head: t('crossings.columns.asked'), numeric: true },
        ...(hasEnded
          ? [
              { head: t('crossings.columns.there'), numeric: true },
              { head: t('crossings.columns.notThere'), numeric: true },
            ]
          : []),
      ]}
      rows={categories.map(({ category, asked, there, notThere }) => ({
        key: category,
        cells: [
          t(`shell.categories.${category}`),
          dates.number(asked),
          ...(hasEnded ? [dates.number(there ?? 0), dates.number(notThere ?? 0)] : []),
        ],
      }))}
    />
  )
}

function Acts({ visit, crossing: { id, actions } }: { visit: Visit; crossing: CrossingView }) {
  const { t, formToken } = visit
  const button = (act: 'consent' | 'refuse' | 'undo', look: 'main' | 'plain' | 'stern') =>
    actions.includes(act) ? (
      <Form action={`/account/crossings/${id}/${act}`} token={formToken} hidden={{ sure: 'yes' }}>
        <div>
          <Button look={look}>{t(`crossings.${act}`)}</Button>
        </div>
      </Form>
    ) : null
  return (
    <>
      {actions.includes('consent') ? <p>{t('crossings.warning')}</p> : null}
      {actions.includes('undo') ? <Quiet>{t('crossings.undoText')}</Quiet> : null}
      {actions.includes('consent') || actions.includes('undo') ? <ProofNeeded visit={visit} /> : null}
      <div className="flex flex-wrap gap-4">
        {button('refuse', 'plain')}
        {button('consent', 'main')}
        {button('undo', 'stern')}
      </div>
    </>
  )
}
