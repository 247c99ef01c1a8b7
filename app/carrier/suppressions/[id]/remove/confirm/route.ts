import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { removeSuppression } from '@/domain/notice/remove-suppression'

/** Lets announcements go to an address again. */
export const POST = formAction('/carrier/suppressions/[id]/remove/confirm', {
  input: z.object({}),
  back: () => '/carrier/suppressions',
  async act({ actor }, _input, { id: suppressionId = '' }) {
    await removeSuppression(actor, { suppressionId })
    return '/carrier/suppressions?done=removed'
  },
})
