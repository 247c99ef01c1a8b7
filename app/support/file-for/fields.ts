import { z } from 'zod'
import type { FormState } from '@/app/_shell/form-state'
import { momentIn } from '@/app/_shell/local-time'
import { categories } from '@/domain/record/category'
import { type CheckInput, staffChecks } from '@/domain/restore/file-for-check'
import { askedRules } from '@/domain/restore/restore-inputs'
import { entryText, questionKinds, ticketSubject } from '@/domain/triage/ticket-inputs'

/** What staff say of the identity check, as the forms have it. Messages are codes: the pages have the sentence for each. */
const checkFields = {
  check: z.enum(staffChecks, { error: 'check-missing' }),
  checkNote: z.string().trim().max(500, { error: 'check-note-long' }).default(''),
  checkReference: z
    .string({ error: 'check-reference-missing' })
    .trim()
    .min(1, { error: 'check-reference-missing' })
    .max(100, { error: 'check-reference-long' }),
  checkAt: z.string({ error: 'check-when-missing' }).min(1, { error: 'check-when-missing' }),
  zone: z.string().max(100),
}

interface CheckFields {
  check: CheckInput['kind']
  checkNote: string
  checkReference: string
  checkAt: string
  zone: string
}

const isMoment = ({ zone, checkAt }: CheckFields) => momentIn(zone, checkAt) instanceof Date
const isSaid = ({ check, checkNote }: CheckFields) => check !== 'other' || checkNote !== ''

const noMoment = { path: ['checkAt'], error: 'check-when-missing' }
const unsaid = { path: ['checkNote'], error: 'check-note-missing' }

/** A list, as a form sends one: not at all, once, or several times. */
const several = <T extends z.ZodType>(one: T) =>
  z.preprocess(given => (given === undefined ? [] : [given].flat()), z.array(one))

export const person = z.uuid()

export const requestFields = z
  .object({
    person,
    categories: several(z.enum(categories)).refine(given => given.length > 0, { error: 'categories-missing' }),
    accountId: z.uuid({ error: 'account-missing' }),
    rule: z.enum(askedRules, { error: 'rule-missing' }),
    ...checkFields,
    key: z.uuid(),
  })
  .refine(isMoment, noMoment)
  .refine(isSaid, unsaid)

export const questionFields = z
  .object({
    person,
    kind: z.enum(questionKinds, { error: 'kind-missing' }),
    subject: ticketSubject,
    text: entryText,
    aboutRequestId: z.union([z.literal(''), z.uuid()], { error: 'request-missing' }).default(''),
    items: several(z.enum(categories, { error: 'items-missing' })),
    ...checkFields,
    key: z.uuid(),
  })
  .refine(isMoment, noMoment)
  .refine(isSaid, unsaid)

/** The check that those fields tell of. Only of what the schemas above have taken. */
export function checkOf({ check, checkNote, checkReference, checkAt, zone }: CheckFields): CheckInput {
  const madeAt = momentIn(zone, checkAt)
  if (!(madeAt instanceof Date)) throw new RangeError('The moment was not looked at.')
  return { kind: check, note: checkNote, reference: checkReference, madeAt }
}

/** What the verbs call otherwise than the forms do. */
const formNames: Readonly<Record<string, string>> = {
  'check.kind': 'check',
  'check.note': 'checkNote',
  'check.reference': 'checkReference',
  'check.madeAt': 'checkAt',
}

/** The form with what was refused at the fields that it is about. */
export const atFields = (form: FormState): FormState => ({
  ...form,
  errors: form.errors.map(({ field, text }) => ({ field: field === null ? null : (formNames[field] ?? field), text })),
})

/** The page of one person; nobody's where the form names nobody. */
export const personPage = (page: '' | '/check' | '/question', given: unknown): string => {
  const { success, data } = person.safeParse(given)
  return `/support/file-for${page}${success ? `?person=${data}` : ''}`
}
