import { page } from '@/app/_shell/page'
import { Acts, LinkButton } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { StandingIcon } from '@/app/_ui/icon'
import { Page, Part } from '@/app/_ui/page'
import { findRequest } from '@/domain/restore/find-requests'

/** The confirmation: reference, what happens next and when. It is an address of its own, so it survives a reload. */
export default page('/account/restores/[id]/filed', async (visit, { params }) => {
  const { t, actor, session } = visit
  const { id, reference } = await findRequest(actor, params.id ?? '')
  const title = t('restore.filed.title')
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')}>
      <Card>
        <div className="grid gap-3">
          <h1 className="flex items-center gap-3">
            <StandingIcon standing="ok" className="size-8 text-ok" />
            {title}
          </h1>
          <p>
            {t('restore.filed.reference')}: <strong className="num text-section">{reference}</strong>
          </p>
        </div>
      </Card>
      <Part>
        <h2>{t('restore.filed.next')}</h2>
        <ol className="grid list-decimal gap-2 pl-6">
          <li>{t('restore.filed.steps.check')}</li>
          <li>{t('restore.filed.steps.restore')}</li>
          <li>{t('restore.filed.steps.report')}</li>
        </ol>
        <p>{t('restore.filed.write', { email: session?.email ?? '' })}</p>
        <Quiet>{t('restore.filed.contact')}</Quiet>
      </Part>
      <Acts>
        <LinkButton href={`/account/restores/${id}`}>{t('restore.filed.see')}</LinkButton>
        <LinkButton look="plain" href="/account">
          {t('restore.filed.home')}
        </LinkButton>
      </Acts>
    </Page>
  )
})
