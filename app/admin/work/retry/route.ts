import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { Refusal } from '@/domain/errors'
import { retryTask } from '@/domain/task/retry-task'

export const POST = formAction('/admin/work/retry', {
  input: z.object({ taskId: z.string({ error: 'bad-id' }).regex(/^\d{1,18}$/, { error: 'bad-id' }) }),
  back: () => '/admin/work',
  async act({ actor }, { taskId }) {
    try {
      await retryTask(actor, taskId)
    } catch (error) {
      // Pressed twice, or done meanwhile: what was wanted has happened.
      if (error instanceof Refusal && error.code === 'task-not-stuck') return '/admin/work?already=1'
      throw error
    }
    return `/admin/work?retried=${taskId}`
  },
})
