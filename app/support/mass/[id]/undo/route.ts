import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { draftUndo } from '@/domain/triage/mass/draft-mass-act'
import { formKey } from '@/domain/triage/ticket-inputs'

export const POST = formAction('/support/mass/[id]/undo', {
  input: z.object({ key: formKey }),
  back: (_fields, { id }) => `/support/mass/${id}`,
  async act({ actor }, { key: askingKey }, { id: massActId = '' }) {
    const undo = await draftUndo(actor, { massActId, askingKey })
    return `/support/mass/${undo.massActId}`
  },
})
