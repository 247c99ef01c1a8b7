import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce } from '@/app/support/decisions/act-once'
import { withdrawDecision } from '@/domain/decision/withdraw-decision'

export const POST = formAction('/support/decisions/[id]/withdraw', {
  input: z.object({}),
  back: (_fields, { id }) => `/support/decisions/${id}`,
  async act({ actor }, _input, { id: decisionId = '' }) {
    await actOnce(actor, { decisionId, to: 'withdrawn' }, () => withdrawDecision(actor, { decisionId }))
    return `/support/decisions/${decisionId}?done=withdrawn`
  },
})
