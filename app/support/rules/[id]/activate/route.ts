import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { edition } from '@/app/support/rules/seen'
import { activateRule } from '@/domain/triage/rules/activate-rule'

export const POST = formAction('/support/rules/[id]/activate', {
  input: z.object({ edition: edition(1), confirmed: z.literal('yes').optional() }),
  back: (_fields, { id }) => `/support/rules/${id}`,
  async act({ actor }, { edition, confirmed }, { id: ruleId = '' }) {
    await activateRule(actor, { ruleId, edition, confirmed: confirmed === 'yes' })
    return `/support/rules/${ruleId}?done=activated`
  },
})
