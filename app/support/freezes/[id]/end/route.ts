import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { endFreeze } from '@/domain/identity/end-freeze'

export const POST = formAction('/support/freezes/[id]/end', {
  input: z.object({}),
  back: () => '/support/freezes',
  async act({ actor }, _input, { id: freezeId = '' }) {
    const { ended } = await endFreeze(actor, { freezeId })
    return `/support/freezes?done=${ended ? 'ended' : 'asked'}`
  },
})
