import { formAction } from '@/app/_shell/form-action'
import { ruleForm, saidIn } from '@/app/support/rules/rule-fields'
import { edition } from '@/app/support/rules/seen'
import { rewriteRule } from '@/domain/triage/rules/write-rule'

export const POST = formAction('/support/rules/[id]/rewrite', {
  input: ruleForm.extend({ edition: edition(0) }),
  back: (_fields, { id }) => `/support/rules/${id}`,
  async act({ actor }, { name, position, edition }, { id: ruleId = '' }, fields) {
    await rewriteRule(actor, { ruleId, edition, name, position, ...saidIn(fields) })
    return `/support/rules/${ruleId}?done=saved`
  },
})
