import { z } from 'zod'
import { withFlash } from '@/app/_shell/flash'
import { formAction } from '@/app/_shell/form-action'
import { rotateToken } from '@/domain/access/rotate-token'

export const POST = formAction('/admin/tokens/rotate', {
  input: z.object({ tokenId: z.uuid({ error: 'bad-input' }) }),
  back: () => '/admin/tokens',
  async act({ actor }, input) {
    const { text } = await rotateToken(actor, input)
    return withFlash('/admin/tokens?done=rotated', { errors: [], values: { text: [text] } })
  },
})
