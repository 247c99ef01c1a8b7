import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { outside } from '@/app/_shell/outside'
import { backTo, which } from '@/app/admin/compensation/which'
import { makeExport } from '@/domain/compensation/make-export'

export const POST = formAction('/admin/compensation/export', {
  input: z.object({ ...which, exportId: which.carrierId }),
  back: fields => backTo(fields),
  async act({ actor }, input) {
    await makeExport(actor, outside().signer, input)
    return backTo(input, '&done=exported#exports')
  },
})
