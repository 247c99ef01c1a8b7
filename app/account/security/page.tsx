import { validate as isUuid } from 'uuid'
import { formState } from '@/app/_shell/form-state'
import { outside } from '@/app/_shell/outside'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Facts, Quiet } from '@/app/_ui/card'
import { ErrorSummary, Form } from '@/app/_ui/form'
import { Page, Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { CrossingsPart } from '@/app/account/crossings/crossings-part'
import { ErasePart } from '@/app/account/security/erase-part'
import { FreezePart } from '@/app/account/security/freeze-part'
import { holdWords } from '@/app/account/security/hold-words'
import { WhoLooked } from '@/app/account/security/who-looked'
import { listOwnCrossings } from '@/domain/crossing/find-crossings'
import { notFound } from '@/domain/errors'
import { holdsKnownAccounts } from '@/domain/identity/holds'
import { readSecurity } from '@/domain/identity/read-security'
import { listOwnContentViews } from '@/domain/record/list-content-views'
import { readOpenErasure } from '@/domain/retention/list-erasures'

/** How a subscriber's data is guarded, and the buttons that stop everything. */
export default page('/account/security', async (visit, { query }) => {
  const { t, dates, actor } = visit
  if (actor.role !== 'subscriber') throw notFound('subscriber')
  const form = await formState(visit, query.one('form'), 'identity.errors', 'retention.errors')
  const { holds, number, email } = await readSecurity(actor, outside().secrets, { subscriberId: actor.subscriberId })
  const after = query.one('looks')
  const looks = await listOwnContentViews(actor, isUuid(after) ? { after } : {})
  const erasure = await readOpenErasure(actor, { subscriberId: actor.subscriberId })
  const crossings = await listOwnCrossings(actor)
  const isLocked = holds.some(({ kind }) => kind === 'locked')
  const done = query.one('done')
  const title = t('identity.page.title')
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')} failed={form.errors.length > 0}>
      <ErrorSummary heading={t('shell.problem')} errors={form.errors} />
      <Part>
        <h1>{title}</h1>
        <p>{t('identity.page.lead')}</p>
      </Part>
      {done === 'locked' || done === 'unlocked' ? <Notice standing="ok" title={t(`identity.page.${done}`)} /> : null}
      {done === 'erasure-asked' || done === 'erasure-withdrawn' ? (
        <Notice standing="ok" title={t(`retention.own.done.${done}`)} />
      ) : null}
      {holds.length === 0 ? null : (
        <Notice
          standing="you"
          title={t(holds.some(holdsKnownAccounts) ? 'identity.page.holdsTitle' : 'identity.page.holdsSomeTitle')}
        >
          {holds.map(hold => (
            <p key={hold.kind}>{holdWords(visit, hold)}</p>
          ))}
        </Notice>
      )}
      <CrossingsPart visit={visit} crossings={crossings} />
      <Card>
        <Part>
          <h2>{t('identity.page.factsTitle')}</h2>
          <Facts
            rows={[
              { term: t('identity.page.facts.email'), value: email },
              { term: t('identity.page.facts.number'), value: number ?? t('identity.page.noNumber') },
              {
                term: t('identity.page.facts.proof'),
                value: actor.provedAt === null ? t('identity.page.notProved') : dates.moment(actor.provedAt),
              },
            ]}
          />
          <Quiet>{t('identity.page.told')}</Quiet>
        </Part>
      </Card>
      <Lock visit={visit} isLocked={isLocked} />
      <FreezePart visit={visit} />
      <ErasePart visit={visit} erasure={erasure} />
      <WhoLooked visit={visit} looks={looks} isLater={after !== undefined} />
    </Page>
  )
})

function Lock({ visit: { t, formToken }, isLocked }: { visit: Visit; isLocked: boolean }) {
  const act = isLocked ? 'unlock' : 'lock'
  return (
    <Part>
      <h2>{t(`identity.page.${act}Title`)}</h2>
      <p>{t(`identity.page.${act}Text`)}</p>
      <Form action={`/account/security/${act}`} token={formToken} hidden={{ sure: 'yes' }}>
        <div>
          <Button look="plain">{t(`identity.page.${act}`)}</Button>
        </div>
      </Form>
    </Part>
  )
}
