import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { linesIn } from '@/app/admin/compensation/line-fields'
import { backTo, edition, which } from '@/app/admin/compensation/which'
import { writeCompensation } from '@/domain/compensation/write-rules'

export const POST = formAction('/admin/compensation/save', {
  input: z.looseObject({
    ...which,
    edition: edition(0),
    notifyDays: z.coerce.number({ error: 'days-unclear' }),
    notifyFrom: z.enum(['incident', 'decision'], { error: 'bad-input' }),
    zone: z.string({ error: 'zone-unknown' }).trim(),
  }),
  most: 64 * 1024,
  back: fields => backTo(fields),
  async act({ actor }, { carrierId, incidentId, edition, notifyDays, notifyFrom, zone }, _, fields) {
    const notice = { notifyDays, notifyFrom, zone }
    await writeCompensation(actor, { carrierId, incidentId, edition, ...notice, lines: linesIn(fields) })
    return backTo({ carrierId, incidentId }, '&done=saved')
  },
})
