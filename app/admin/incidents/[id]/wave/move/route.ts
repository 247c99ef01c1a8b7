import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { wavePath } from '@/app/admin/incidents/[id]/wave/wave-path'
import { momentOrNone, orNone, withMoments } from '@/app/admin/incidents/form-fields'
import { title } from '@/domain/incident/incident-inputs'
import { moveWave } from '@/domain/incident/move-wave'
import { waveStatuses } from '@/domain/incident/wave-status'
import { categories } from '@/domain/record/category'

export const POST = formAction('/admin/incidents/[id]/wave/move', {
  input: withMoments(
    ['scheduledFor'],
    z
      .object({
        version: z.coerce.number().int(),
        category: z.enum(categories),
        status: z.enum(waveStatuses, 'wave-status-unknown'),
        scheduledFor: momentOrNone,
        noteEn: orNone(title),
        noteFr: orNone(title),
        reason: z.string().trim().max(500, 'reason-too-long').default(''),
      })
      .refine(one => one.status !== 'scheduled' || one.scheduledFor !== null, {
        path: ['scheduledFor'],
        error: 'date-missing',
      })
      .refine(one => one.noteEn === null || one.noteFr !== null, { path: ['noteFr'], error: 'other-language-missing' })
      .refine(one => one.noteFr === null || one.noteEn !== null, { path: ['noteEn'], error: 'other-language-missing' }),
  ),
  back: wavePath,
  async act({ actor }, input, { id: incidentId = '' }) {
    const { decisionId } = await moveWave(actor, { ...input, incidentId })
    return `/admin/incidents/${incidentId}?done=${decisionId === null ? 'wave' : 'asked'}`
  },
})
