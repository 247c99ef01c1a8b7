import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { localPath } from '@/app/_shell/origin'
import { waitPath } from '@/app/_shell/wait-path'
import { notFound } from '@/domain/errors'
import { askContent } from '@/domain/identity/ask-content'

const here = (next: unknown) => waitPath(localPath(String(next ?? ''), '/account/records'))

/** Begins the wait after which content is shown to whoever proves by a code who they are. */
export const POST = formAction('/account/records/wait/ask', {
  input: z.object({ next: z.string().default('') }),
  back: ({ next }) => here(next),
  async act({ actor }, { next }) {
    if (actor.role !== 'subscriber') throw notFound('subscriber')
    await askContent(actor, actor)
    return here(next)
  },
})
