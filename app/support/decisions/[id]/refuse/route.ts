import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce } from '@/app/support/decisions/act-once'
import { refuseDecision } from '@/domain/decision/refuse-decision'

export const POST = formAction('/support/decisions/[id]/refuse', {
  input: z.object({ note: z.string().trim().max(500, { error: 'note-long' }).default('') }),
  back: (_fields, { id }) => `/support/decisions/${id}`,
  async act({ actor }, { note }, { id: decisionId = '' }) {
    await actOnce(actor, { decisionId, to: 'refused' }, () => refuseDecision(actor, { decisionId, note }))
    return `/support/decisions/${decisionId}?done=refused`
  },
})
