import { z } from 'zod'
import { categories } from '@/domain/record/category'

/** Of which incident, and of which wave of it; null: of the whole. */
export const linkFields = {
  incidentId: z.uuid('incident-missing'),
  waveCategory: z.enum(categories, 'wave-missing').nullable().default(null),
}
