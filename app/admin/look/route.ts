import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { askForLook } from '@/domain/recovery/ask-for-look'

export const POST = formAction('/admin/look', {
  input: z.object({}),
  back: () => '/admin',
  async act({ actor }) {
    await askForLook(actor)
    return '/admin?looked=1'
  },
})
