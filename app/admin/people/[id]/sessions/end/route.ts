import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { endStaffSessions } from '@/domain/identity/end-staff-sessions'

export const POST = formAction('/admin/people/[id]/sessions/end', {
  input: z.object({}),
  back: (_fields, { id }) => `/admin/people/${id}`,
  async act({ actor }, _input, { id: staffId = '' }) {
    await endStaffSessions(actor, { staffId })
    return `/admin/people/${staffId}?done=ended`
  },
})
