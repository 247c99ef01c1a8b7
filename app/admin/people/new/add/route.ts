import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { staffRoles } from '@/domain/actor'
import { addStaff } from '@/domain/subscriber/add-staff'
import { languages } from '@/messages/language'

export const POST = formAction('/admin/people/new/add', {
  input: z.object({
    name: z.string({ error: 'staff-name' }).trim().min(1, { error: 'staff-name' }).max(200, { error: 'staff-name' }),
    email: z
      .string({ error: 'email-form' })
      .trim()
      .max(254, { error: 'email-form' })
      .pipe(z.email({ error: 'email-form' })),
    role: z.enum(staffRoles, { error: 'staff-role' }),
    carrier: z.string().max(100).default(''),
    language: z.enum(languages).default('en'),
  }),
  back: () => '/admin/people/new',
  async act({ actor }, { carrier, ...input }) {
    const { id } = await addStaff(actor, { ...input, carrierSlug: carrier === '' ? null : carrier })
    return `/admin/people/${id}?done=added`
  },
})
