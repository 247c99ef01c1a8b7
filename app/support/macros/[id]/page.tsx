import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Form } from '@/app/_ui/form'
import { MacroForm } from '@/app/support/macros/macro-form'
import { notFound } from '@/domain/errors'
import { findMacro } from '@/domain/triage/find-macros'

export default page('/support/macros/[id]', async (visit, { params, query }) => {
  const { t, actor, formToken } = visit
  const macro = await findMacro(actor, params.id ?? '')
  if (!macro.manageable) throw notFound('macro')
  const form = await formState(visit, query.one('form'), 'conversation.errors')
  const here = `/support/macros/${macro.id}`
  return (
    <ConsolePage
      title={macro.code}
      lead={macro.carrier ?? t('conversation.macros.everyCarrier')}
      back={{ href: '/support/macros', label: t('conversation.macros.backList') }}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <Card>
        <MacroForm visit={visit} action={`${here}/save`} macro={macro} form={form} />
      </Card>
      <Form action={`${here}/remove`} token={formToken}>
        <div>
          <Button look="stern">{t('conversation.macros.remove')}</Button>
        </div>
      </Form>
    </ConsolePage>
  )
})
