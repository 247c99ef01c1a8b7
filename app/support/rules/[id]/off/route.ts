import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { switchOffRule } from '@/domain/triage/rules/switch-off-rule'

export const POST = formAction('/support/rules/[id]/off', {
  input: z.object({}),
  back: (_fields, { id }) => `/support/rules/${id}`,
  async act({ actor }, _input, { id: ruleId = '' }) {
    await switchOffRule(actor, { ruleId })
    return `/support/rules/${ruleId}?done=off`
  },
})
