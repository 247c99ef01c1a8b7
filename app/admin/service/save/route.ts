import { z } from 'zod'
import { withFlash } from '@/app/_shell/flash'
import { formAction, valuesOf } from '@/app/_shell/form-action'
import { saveService } from '@/domain/triage/save-service'
import { readServiceInput, serviceInput } from '@/domain/triage/service-inputs'

const backTo = (id: unknown, more = '') => `/admin/service?carrier=${encodeURIComponent(String(id ?? ''))}${more}`

export const POST = formAction('/admin/service/save', {
  input: serviceInput.extend({ act: z.enum(['show', 'save'], { error: 'bad-input' }).default('save') }),
  back: ({ carrierId }) => backTo(carrierId),
  most: 64 * 1024,
  async act({ actor }, { act, ...input }, _, fields) {
    if (act === 'save') {
      await saveService(actor, input)
      return backTo(input.carrierId, '&done=saved')
    }
    readServiceInput(input, new Date())
    const shown = { errors: [], values: valuesOf(fields) }
    return withFlash(backTo(input.carrierId, '&show=1'), shown, { long: true })
  },
})
