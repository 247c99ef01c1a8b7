import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { backTo, edition, which } from '@/app/admin/compensation/which'
import { tryCompensation } from '@/domain/compensation/try-rules'

export const POST = formAction('/admin/compensation/try', {
  input: z.object({ ...which, edition: edition(1) }),
  back: fields => backTo(fields),
  async act({ actor }, input) {
    await tryCompensation(actor, input)
    return backTo(input, '&done=tried')
  },
})
