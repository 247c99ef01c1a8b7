import { readFlash } from '@/app/_shell/flash'
import type { Visit } from '@/app/_shell/visit'
import type { FieldError } from '@/app/_ui/form'
import { type CodePart, sentenceFor } from '@/messages/translate'

/** What a form shows when it comes back: what to put right, and what was entered. */
export interface FormState {
  errors: FieldError[]
  /** True where the page comes back from a form that was not accepted. */
  returned: boolean
  value(name: string): string | undefined
  values(name: string): string[]
}

/** `id` is the page's `form` query value; `own` where its forms' own sentences are, before those that every form has. */
export async function formState(visit: Visit, id: string | undefined, ...own: CodePart[]): Promise<FormState> {
  const flash = await readFlash(id)
  // Where several fields may lack the same, the sentence says which.
  const ofOwn = (code: string, field: string | null) =>
    own
      .flatMap(part => [`${code}-${field}`, code].map(one => sentenceFor(visit.language, part, one)))
      .find(found => found !== null)
  const sentence = (code: string, field: string | null) =>
    ofOwn(code, field) ?? sentenceFor(visit.language, 'refusals', code)
  return {
    errors: (flash?.errors ?? []).map(({ field, code }) => ({
      field,
      text: sentence(code, field) ?? visit.t('refusals.bad-input'),
    })),
    returned: flash !== null,
    value: name => flash?.values[name]?.[0],
    values: name => flash?.values[name] ?? [],
  }
}
