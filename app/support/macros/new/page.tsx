import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { MacroForm } from '@/app/support/macros/macro-form'
import { listMacroCarriers } from '@/domain/triage/find-macros'

export default page('/support/macros/new', async (visit, { query }) => {
  const { t, actor } = visit
  const [carriers, form] = await Promise.all([
    listMacroCarriers(actor),
    formState(visit, query.one('form'), 'conversation.errors'),
  ])
  return (
    <ConsolePage
      title={t('conversation.macros.newTitle')}
      back={{ href: '/support/macros', label: t('conversation.macros.backList') }}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <Card>
        <MacroForm visit={visit} action="/support/macros/new/save" macro={null} carriers={carriers} form={form} />
      </Card>
    </ConsolePage>
  )
})
