import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { macroFields } from '@/domain/triage/macro-inputs'
import { saveMacro } from '@/domain/triage/save-macro'

export const POST = formAction('/support/macros/[id]/save', {
  input: z.object({ ...macroFields, version: z.coerce.number().int().min(1) }),
  most: 512 * 1024,
  back: (_fields, { id }) => `/support/macros/${id}`,
  async act({ actor }, { version, ...texts }, { id: macroId = '' }) {
    await saveMacro(actor, { macroId, version, carrierId: null, ...texts })
    return '/support/macros?done=saved'
  },
})
