import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { seenFields } from '@/app/support/act-once'
import { askCrossing } from '@/domain/crossing/ask-crossing'

export const POST = formAction('/support/requests/[id]/elsewhere/ask', {
  input: z.object({
    version: seenFields.version,
    to: z
      .string({ error: 'no-such-person' })
      .trim()
      .min(1, { error: 'no-such-person' })
      .max(200, { error: 'no-such-person' }),
    account: z.uuid({ error: 'no-such-account' }),
    why: z.string({ error: 'why-missing' }).trim().min(1, { error: 'why-missing' }).max(500, { error: 'why-long' }),
  }),
  back: (_fields, { id }) => `/support/requests/${id}/elsewhere`,
  async act({ actor }, { version, to: toAccountId, account: accountId, why: reason }, { id: requestId = '' }) {
    const { decisionId } = await askCrossing(actor, { requestId, version, toAccountId, accountId, reason })
    return `/support/decisions/${decisionId}?done=asked`
  },
})
