import { z } from 'zod'
import { categories } from '@/domain/record/category'
import type { Category, LossCategory, RequestStatus } from '@/prisma/generated/enums'

export const lossCategories = ['unknown', 'nothing', 'partly', 'significant'] as const satisfies readonly LossCategory[]

/** How somebody's newest restore request stands; "none": they have filed none. */
export const requestStates = [
  'none',
  'filed',
  'approved',
  'declined',
  'running',
  'waiting',
  'held',
  'done',
  'undone',
] as const satisfies readonly (RequestStatus | 'none')[]

const listOf = <Item extends z.ZodType>(item: Item) =>
  z.array(item).min(1, { error: 'audience-list-empty' }).max(200, { error: 'audience-list-long' }).optional()
const carriersWord = z.string().min(1, { error: 'audience-word' }).max(200, { error: 'audience-word' })

const conditions = {
  /** As the carrier calls them, letter by letter. */
  regions: listOf(carriersWord),
  deviceModels: listOf(carriersWord),
  /** Something of the category is missing or hurt in the newest usable holding. */
  categoriesLost: listOf(z.enum(categories, { error: 'audience-unknown' })),
  lossCategories: listOf(z.enum(lossCategories, { error: 'audience-unknown' })),
  requestStates: listOf(z.enum(requestStates, { error: 'audience-unknown' })),
}

/**
 * Whom of a carrier's subscribers a notice is for: everyone, or those of whom every condition is true (and of each
 * condition one of its values). Nothing chosen: nobody yet. A field that is not known is refused.
 */
export const audienceInput = z
  .strictObject({ everyone: z.literal(true).optional(), ...conditions })
  .refine(given => given.everyone === undefined || Object.keys(given).length === 1, { error: 'audience-both' })

export type Audience = z.output<typeof audienceInput> & { categoriesLost?: Category[] }

export const conditionNames = Object.keys(conditions) as (keyof typeof conditions)[]

export const isChosen = (audience: Audience): boolean =>
  audience.everyone === true || conditionNames.some(name => audience[name] !== undefined)

/** What a notice's row holds. Throws where it holds something else. */
export const readAudience = (stored: unknown): Audience => audienceInput.parse(stored)
