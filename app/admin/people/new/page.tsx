import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { errorFor, Form, TextField } from '@/app/_ui/form'
import { SelectField } from '@/app/_ui/select-field'
import { staffRoles } from '@/domain/actor'
import { listStaffCarriers } from '@/domain/identity/list-staff-carriers'
import { languageNames, languages } from '@/messages/language'

/** Adds somebody who works here; they are invited from their own page. */
export default page('/admin/people/new', async (visit, { query }) => {
  const { t, actor } = visit
  const [carriers, form] = await Promise.all([
    listStaffCarriers(actor),
    formState(visit, query.one('form'), 'admin.people.errors', 'signIn.errors'),
  ])
  const title = t('admin.people.new.title')
  return (
    <ConsolePage
      title={title}
      back={{ href: '/admin/people', label: t('admin.people.title') }}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <Card>
        <Form action="/admin/people/new/add" token={visit.formToken}>
          <TextField
            name="name"
            narrow
            label={t('admin.people.columns.name')}
            error={errorFor(form.errors, 'name')}
            value={form.value('name')}
          />
          <TextField
            name="email"
            type="email"
            narrow
            label={t('admin.people.columns.email')}
            error={errorFor(form.errors, 'email')}
            value={form.value('email')}
          />
          <SelectField
            name="role"
            label={t('admin.people.columns.role')}
            error={errorFor(form.errors, 'role')}
            value={form.value('role') ?? 'support_agent'}
            options={staffRoles.map(value => ({ value, label: t(`signIn.roles.${value}`) }))}
          />
          <SelectField
            name="carrier"
            label={t('admin.people.columns.carrier')}
            error={errorFor(form.errors, 'carrier')}
            value={form.value('carrier') ?? ''}
            options={[
              { value: '', label: t('admin.people.every') },
              ...carriers.map(({ slug, name }) => ({ value: slug, label: name })),
            ]}
          />
          <SelectField
            name="language"
            label={t('admin.people.new.language')}
            value={form.value('language') ?? visit.language}
            options={languages.map(value => ({ value, label: languageNames[value] }))}
          />
          <div>
            <Button>{t('admin.people.new.do')}</Button>
          </div>
        </Form>
      </Card>
    </ConsolePage>
  )
})
