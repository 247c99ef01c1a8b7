import { v7 as uuid } from 'uuid'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { SelectField } from '@/app/_ui/select-field'
import { RuleForm } from '@/app/support/rules/rule-form'
import { listLinkChoices } from '@/domain/triage/find-linked'
import { listRuleCarriers } from '@/domain/triage/rules/list-rule-carriers'

/** The first draft of a rule. Its id is made with the form, so that a form sent twice makes one. */
export default page('/support/rules/new', async (visit, { query }) => {
  const { t, actor } = visit
  const [form, carriers, incidents] = await Promise.all([
    formState(visit, query.one('form'), 'rules.errors'),
    listRuleCarriers(actor),
    listLinkChoices(actor),
  ])
  const own = 'carrierId' in actor ? actor.carrierId : null
  const options = carriers.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <ConsolePage
      title={t('rules.one.new')}
      back={{ href: '/support/rules', label: t('rules.one.back') }}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <Card>
        <RuleForm
          visit={visit}
          form={form}
          action="/support/rules/write"
          hidden={{ ruleId: uuid() }}
          values={{ position: ['100'] }}
          carriers={own === null ? carriers : []}
          incidents={incidents}
        >
          <SelectField
            name="whose"
            label={t('rules.form.whose')}
            value={form.value('whose') ?? own ?? ''}
            options={own === null ? [{ value: '', label: t('rules.everyCarrier') }, ...options] : options}
          />
        </RuleForm>
      </Card>
    </ConsolePage>
  )
})
