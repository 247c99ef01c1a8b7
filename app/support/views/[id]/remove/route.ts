import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { removeView } from '@/domain/triage/remove-view'

export const POST = formAction('/support/views/[id]/remove', {
  input: z.object({}),
  back: () => '/support',
  async act({ actor }, _, { id }) {
    await removeView(actor, { viewId: id! })
    return '/support?done=removed'
  },
})
