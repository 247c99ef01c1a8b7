import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { rateTicket } from '@/domain/triage/after/rate-ticket'
import { rateInput } from '@/domain/triage/after/rating'

const { comment } = rateInput.shape

export const POST = formAction('/account/questions/[id]/rate', {
  input: z.object({
    score: z
      .string('score-missing')
      .regex(/^[1-5]$/, 'score-missing')
      .transform(Number)
      .pipe(rateInput.shape.score),
    comment,
  }),
  most: 64 * 1024,
  back: (_fields, { id }) => `/account/questions/${id}`,
  async act({ actor, language }, { score, comment }, { id: ticketId = '' }) {
    await rateTicket(actor, { ticketId, score, comment, language })
    return `/account/questions/${ticketId}?done=rated#rating`
  },
})
