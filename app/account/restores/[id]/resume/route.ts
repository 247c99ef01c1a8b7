import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { resumeRequest } from '@/domain/restore/resume-request'

/** Goes on with a restore that waits for the person. */
export const POST = formAction('/account/restores/[id]/resume', {
  input: z.object({}),
  back: (_fields, { id }) => `/account/restores/${id}`,
  async act({ actor }, _input, { id = '' }) {
    await resumeRequest(actor, { requestId: id })
    return `/account/restores/${id}`
  },
})
