import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { localPath } from '@/app/_shell/origin'
import { outside } from '@/app/_shell/outside'
import { renewPassword } from '@/domain/restore/renew-password'

/** Takes a new password after trying it at the account. */
export const POST = formAction('/account/devices/[id]/password/save', {
  input: z.object({
    password: z
      .string({ error: 'password-missing' })
      .min(1, { error: 'password-missing' })
      .max(1_000, { error: 'too-long' }),
    next: z.string().default(''),
  }),
  back: ({ next }, { id }) =>
    `/account/devices/${id}/password?next=${encodeURIComponent(localPath(String(next ?? ''), ''))}`,
  secret: ['password'],
  async act({ actor }, { password, next }, { id = '' }) {
    await renewPassword(actor, outside(), { accountId: id, password })
    return localPath(next, `/account/devices/${id}`)
  },
})
