import { z } from 'zod'
import { unknownIn } from '@/domain/triage/macro-text'
import { cleanText, longestEntry } from '@/domain/triage/ticket-inputs'

/** Messages of these schemas are codes: screens have the sentence for each. */
export const macroText = z
  .string('text-missing')
  .transform(cleanText)
  .pipe(
    z
      .string()
      .min(1, 'text-missing')
      .max(longestEntry, 'text-long')
      .refine(text => unknownIn(text).length === 0, 'unknown-variable'),
  )

export const macroFields = {
  /** By which support's people find it: one word of small letters, digits and hyphens. */
  code: z
    .string('code-missing')
    .trim()
    .min(1, 'code-missing')
    .max(60, 'code-form')
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'code-form'),
  textEn: macroText,
  textFr: macroText,
}

export const saveMacroInput = z.object({
  /** Null: a new one. */
  macroId: z.uuid().nullable().default(null),
  /** Of the macro as whoever writes has seen it; of a new one nothing. */
  version: z.int().min(1).optional(),
  /** Null: for every carrier. What there is keeps its own. */
  carrierId: z.uuid().nullable(),
  ...macroFields,
})
