import { z } from 'zod'
import { workLanguages } from '@/domain/triage/work-languages'

const error = 'languages-missing'

/** One box or several that were ticked. */
export const languageFields = z.object({
  languages: z
    .union([z.string(), z.array(z.string())], { error })
    .transform(given => workLanguages.filter(one => [given].flat().includes(one)))
    .refine(languages => languages.length > 0, { error }),
})
