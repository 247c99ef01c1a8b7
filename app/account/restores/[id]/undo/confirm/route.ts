import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { undoRequest } from '@/domain/restore/undo-request'

/** Takes a restore back. */
export const POST = formAction('/account/restores/[id]/undo/confirm', {
  input: z.object({}),
  back: (_fields, { id }) => `/account/restores/${id}/undo`,
  async act({ actor }, _input, { id = '' }) {
    await undoRequest(actor, { requestId: id })
    return `/account/restores/${id}`
  },
})
