import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { ruleForm, saidIn } from '@/app/support/rules/rule-fields'
import { writeRule } from '@/domain/triage/rules/write-rule'

export const POST = formAction('/support/rules/write', {
  input: ruleForm.extend({
    ruleId: z.uuid({ error: 'form-expired' }),
    whose: z.union([z.literal(''), z.uuid()], { error: 'rule-condition' }).default(''),
  }),
  back: () => '/support/rules/new',
  async act({ actor }, { name, position, ruleId, whose }, _params, fields) {
    await writeRule(actor, { ruleId, carrierId: whose || null, name, position, ...saidIn(fields) })
    return `/support/rules/${ruleId}?done=saved`
  },
})
