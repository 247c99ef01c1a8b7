import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { takeNext } from '@/domain/triage/take-next'

export const POST = formAction('/support/next', {
  input: z.object({}),
  back: () => '/support',
  async act({ actor }) {
    const taken = await takeNext(actor)
    return taken === null ? '/support?next=none' : `/support/requests/${taken.requestId}`
  },
})
