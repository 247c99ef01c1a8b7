import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { takeNext } from '@/domain/triage/take-next'

export const POST = formAction('/support/next', {
  input: z.object({}),
  back: () => '/support',
  async act({ actor }) {
    const taken = await takeNext(actor)
    if (taken === null) return '/support?next=none'
    return taken.requestId === null ? `/support/tickets/${taken.ticketId}` : `/support/requests/${taken.requestId}`
  },
})
