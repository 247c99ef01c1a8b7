import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { removeMacro } from '@/domain/triage/remove-macro'

export const POST = formAction('/support/macros/[id]/remove', {
  input: z.object({}),
  back: (_fields, { id }) => `/support/macros/${id}`,
  async act({ actor }, _input, { id: macroId = '' }) {
    await removeMacro(actor, { macroId })
    return '/support/macros?done=removed'
  },
})
