import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { stopBulk } from '@/domain/decision/stop-bulk'

export const POST = formAction('/support/bulk/[id]/stop', {
  input: z.object({}),
  back: (_fields, { id }) => `/support/bulk/${id}`,
  async act({ actor }, _input, { id: bulkId = '' }) {
    await stopBulk(actor, { bulkId })
    return `/support/bulk/${bulkId}?done=stopped`
  },
})
