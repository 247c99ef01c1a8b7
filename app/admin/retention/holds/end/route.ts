import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { endLegalHold } from '@/domain/retention/end-legal-hold'

export const POST = formAction('/admin/retention/holds/end', {
  input: z.object({ holdId: z.uuid({ error: 'bad-input' }) }),
  back: () => '/admin/retention',
  async act({ actor }, input) {
    const { ended } = await endLegalHold(actor, input)
    return `/admin/retention?done=${ended ? 'ended' : 'end-asked'}`
  },
})
