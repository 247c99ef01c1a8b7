import { randomUUID } from 'node:crypto'
import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Button } from '@/app/_ui/button'
import { ConsolePage } from '@/app/_ui/console-page'
import { Choices, errorFor, Form } from '@/app/_ui/form'
import { titleOf } from '@/app/carrier/notice-words'
import { isOfOneCarrier } from '@/app/carrier/own-carrier'
import { listTemplates } from '@/domain/notice/list-templates'

/** What a notice begins from: nothing, or a template. */
export default page('/carrier/notices/new', async (visit, { query }) => {
  const { t, actor, language } = visit
  if (!isOfOneCarrier(actor)) redirect('/carrier')
  const templates = await listTemplates(actor, actor.carrierId)
  const form = await formState(visit, query.one('form'), 'notices.errors')
  const wanted = query.one('template') ?? ''
  return (
    <ConsolePage
      title={t('notices.new.title')}
      lead={t('notices.new.lead')}
      back={{ href: '/carrier', label: t('notices.list.title') }}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <Form
        action="/carrier/notices/new/draft"
        token={visit.formToken}
        hidden={{ noticeId: form.value('noticeId') ?? randomUUID() }}
      >
        <Choices
          kind="radio"
          name="template"
          legend={t('notices.new.from')}
          error={errorFor(form.errors, 'template')}
          choices={[
            { value: '', label: t('notices.new.blank') },
            ...templates.map(template => {
              return { value: template.id, label: template.name, hint: titleOf(visit, template, language) }
            }),
          ]}
          chosen={[form.value('template') ?? wanted]}
        />
        <div>
          <Button>{t('notices.new.begin')}</Button>
        </div>
      </Form>
    </ConsolePage>
  )
})
