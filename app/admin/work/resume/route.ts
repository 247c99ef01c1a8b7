import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { Refusal } from '@/domain/errors'
import { resumeRequest } from '@/domain/restore/resume-request'

export const POST = formAction('/admin/work/resume', {
  input: z.object({ requestId: z.uuid({ error: 'not-found' }), reference: z.string().default('') }),
  back: () => '/admin/work',
  async act({ actor }, { requestId, reference }) {
    try {
      await resumeRequest(actor, { requestId })
    } catch (error) {
      // Pressed twice, or it went on by itself: what was wanted has happened.
      if (error instanceof Refusal && error.code === 'cannot-resume') return '/admin/work?already=1'
      throw error
    }
    return `/admin/work?resumed=${encodeURIComponent(reference)}`
  },
})
