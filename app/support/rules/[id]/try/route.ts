import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { edition } from '@/app/support/rules/seen'
import { tryRule } from '@/domain/triage/rules/try-rule'

export const POST = formAction('/support/rules/[id]/try', {
  input: z.object({ edition: edition(1) }),
  back: (_fields, { id }) => `/support/rules/${id}`,
  async act({ actor }, { edition }, { id: ruleId = '' }) {
    await tryRule(actor, { ruleId, edition })
    return `/support/rules/${ruleId}?done=trying`
  },
})
