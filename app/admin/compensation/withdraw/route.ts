import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { backTo, edition as counted, which } from '@/app/admin/compensation/which'
import { withdrawCompensation } from '@/domain/compensation/withdraw-rules'

export const POST = formAction('/admin/compensation/withdraw', {
  input: z.object({
    ...which,
    number: counted(1),
    reason: z.string().trim().max(500, { error: 'why-long' }).default(''),
  }),
  back: fields => backTo(fields),
  async act({ actor }, input) {
    await withdrawCompensation(actor, input)
    return backTo(input, '&done=withdrawn')
  },
})
