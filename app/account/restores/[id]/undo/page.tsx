import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Button, LinkButton } from '@/app/_ui/button'
import { Quiet } from '@/app/_ui/card'
import { ErrorSummary, Form } from '@/app/_ui/form'
import { Page, Part } from '@/app/_ui/page'
import { ProofNeeded } from '@/app/account/proof-needed'
import { findRequest } from '@/domain/restore/find-requests'

export default page('/account/restores/[id]/undo', async (visit, { params, query }) => {
  const { t, actor } = visit
  const request = await findRequest(actor, params.id ?? '')
  const here = `/account/restores/${request.id}`
  const form = await formState(visit, query.one('form'), 'requests.errors')
  if (!request.actions.includes('undo') && form.errors.length === 0) redirect(here)
  const title = t('requests.undo.title')
  return (
    <Page
      title={`${title} ${request.reference}`}
      errorPrefix={t('shell.errorPrefix')}
      failed={form.errors.length > 0}
      back={{ href: here, label: request.reference }}
    >
      <ErrorSummary heading={t('shell.problem')} errors={form.errors} />
      <Part>
        <h1>{title}</h1>
        <p>{t('requests.undo.text')}</p>
        <Quiet>{t('requests.undo.stays')}</Quiet>
      </Part>
      <ProofNeeded visit={visit} />
      <Form action={`${here}/undo/confirm`} token={visit.formToken}>
        <div className="flex flex-wrap gap-4">
          <Button look="stern">{t('requests.undo.confirm')}</Button>
          <LinkButton look="plain" href={here}>
            {t('requests.undo.keep')}
          </LinkButton>
        </div>
      </Form>
    </Page>
  )
})
