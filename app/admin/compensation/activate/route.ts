import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { backTo, edition, which } from '@/app/admin/compensation/which'
import { activateCompensation } from '@/domain/compensation/activate-rules'

export const POST = formAction('/admin/compensation/activate', {
  input: z.object({ ...which, edition: edition(1), confirmed: z.literal('yes').optional() }),
  back: fields => backTo(fields),
  async act({ actor }, { confirmed, ...input }) {
    await activateCompensation(actor, { ...input, confirmed: confirmed === 'yes' })
    return backTo(input, '&done=activated')
  },
})
