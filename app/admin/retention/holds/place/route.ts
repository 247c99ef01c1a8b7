import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { findSubject } from '@/domain/retention/find-subject'
import { holdScopes } from '@/domain/retention/legal-hold'
import { placeLegalHold } from '@/domain/retention/place-legal-hold'

export const POST = formAction('/admin/retention/holds/place', {
  input: z.object({
    scope: z.enum(holdScopes, { error: 'scope-unknown' }),
    carrier: z.string({ error: 'no-such-carrier' }).default(''),
    name: z.string({ error: 'subject-unknown' }).default(''),
    reason: z.string({ error: 'reason-missing' }).default(''),
    reference: z.string({ error: 'reference-missing' }).default(''),
  }),
  back: () => '/admin/retention',
  async act({ actor }, { scope, carrier, name, reason, reference }) {
    const subjectId = await findSubject(actor, { scope, carrierSlug: carrier, name })
    await placeLegalHold(actor, { scope, subjectId, reason, reference })
    return '/admin/retention?done=placed'
  },
})
