import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { macroFields } from '@/domain/triage/macro-inputs'
import { saveMacro } from '@/domain/triage/save-macro'

export const POST = formAction('/support/macros/new/save', {
  input: z.object({ ...macroFields, carrier: z.union([z.uuid(), z.literal('')], { error: 'bad-input' }) }),
  most: 512 * 1024,
  back: () => '/support/macros/new',
  async act({ actor }, { carrier, ...texts }) {
    await saveMacro(actor, { carrierId: carrier === '' ? null : carrier, ...texts })
    return '/support/macros?done=saved'
  },
})
