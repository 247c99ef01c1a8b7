import { z } from 'zod'
import type { Fields } from '@/app/_shell/read-fields'
import {
  boxes,
  momentGiven,
  momentOrNone,
  orNone,
  withMoments,
  words,
  yesOrNo,
} from '@/app/admin/incidents/form-fields'
import type { AddUpdateInput } from '@/domain/incident/add-update'
import {
  type componentStatuses,
  type NewPromise,
  oneLineReason,
  statement,
  title,
  touchedComponents,
} from '@/domain/incident/incident-inputs'
import type { OpenIncidentInput } from '@/domain/incident/open-incident'
import { categories } from '@/domain/record/category'
import { translator } from '@/messages/translate'

/** New promises that one form has room for. */
export const promiseSlots = [0, 1, 2] as const
type Slot = (typeof promiseSlots)[number]

const text = z.preprocess(value => value ?? '', z.string().trim())
const category = z.preprocess(value => value ?? '', z.enum(['', ...categories], 'category-unknown'))
const slotShape = <N extends Slot>(n: N) =>
  ({
    [`promiseCategory${n}`]: category,
    [`promiseEn${n}`]: text,
    [`promiseFr${n}`]: text,
    [`promiseDue${n}`]: momentOrNone,
  }) as { [K in `promiseCategory${N}`]: typeof category } & { [K in `promise${'En' | 'Fr'}${N}`]: typeof text } & {
    [K in `promiseDue${N}`]: typeof momentOrNone
  }

const statementShape = {
  key: z.uuid(),
  bodyEn: words(statement),
  bodyFr: words(statement),
  nextUpdateBy: momentOrNone,
  saidAt: momentOrNone,
  tell: yesOrNo('tell-missing'),
  components: touchedComponents,
  ...slotShape(0),
  ...slotShape(1),
  ...slotShape(2),
}

const moments = ['startedAt', 'nextUpdateBy', 'saidAt', ...promiseSlots.map(n => `promiseDue${n}`)]

/** "component.<id>" fields that say something, as one list. */
export const withComponents = <S extends z.ZodType>(schema: S) =>
  z.preprocess(given => {
    const fields = given as Fields
    const components = Object.entries(fields).flatMap(([name, status]) =>
      name.startsWith('component.') && status !== '' ? [{ id: name.slice('component.'.length), status }] : [],
    )
    return { ...fields, components }
  }, schema)

export interface SaidByForm {
  status: AddUpdateInput['status']
  nextUpdateBy: Date | null
  saidAt: Date | null
  promises: NewPromise[]
  components: { id: string; status: (typeof componentStatuses)[number] }[]
}

/** What a form says, for its verb; and in which of the form's places the verb's promises stand. */
interface Said<Input> {
  input: Input
  said: SaidByForm
  nameOf: (field: string) => string
}

export const openingForm = withMoments(
  moments,
  withComponents(
    z
      .object({
        // In the order of the form: so its problems are told.
        draft: orNone(z.uuid()),
        titleEn: title,
        titleFr: title,
        status: z.enum(['investigating', 'identified', 'monitoring', 'resolved'], 'status-unknown'),
        startedAt: momentGiven,
        carriers: boxes,
        ...statementShape,
      })
      .transform(({ draft, carriers: carrierIds, key: filingKey, ...fields }, ctx): Said<OpenIncidentInput> => {
        const { titleEn, titleFr, status, startedAt, bodyEn, bodyFr, nextUpdateBy, saidAt, tell, components } = fields
        const { promises, nameOf } = promisesOf(fields, ctx)
        const said = { status, nextUpdateBy, saidAt, components, promises }
        const named = { incidentId: draft, filingKey, titleEn, titleFr, startedAt, carrierIds }
        return { input: { ...named, ...said, bodyEn, bodyFr, tell }, said, nameOf }
      }),
  ),
)

export const updateForm = withMoments(
  moments,
  withComponents(
    z
      .object({
        ...statementShape,
        version: z.coerce.number().int(),
        status: z.string().min(1, 'status-unknown'),
        keeps: boxes,
        corrects: orNone(z.coerce.number().int().positive()),
        reasonEn: orNone(oneLineReason),
        reasonFr: orNone(oneLineReason),
      })
      .transform(({ key: filingKey, ...fields }, ctx): Said<Omit<AddUpdateInput, 'incidentId'>> => {
        const { version, keeps, corrects, reasonEn, reasonFr, bodyEn, bodyFr, tell } = fields
        const { nextUpdateBy, saidAt, components } = fields
        const status = fields.status as AddUpdateInput['status']
        const { promises, nameOf } = promisesOf(fields, ctx)
        const said = { status, nextUpdateBy, saidAt, components, promises }
        const more = { filingKey, version, keeps, corrects, reasonEn, reasonFr }
        return { input: { ...more, ...said, bodyEn, bodyFr, tell }, said, nameOf }
      }),
  ),
)

type Slots = { [K in `promiseCategory${Slot}`]: '' | (typeof categories)[number] } & {
  [K in `promise${'En' | 'Fr'}${Slot}`]: string
} & { [K in `promiseDue${Slot}`]: Date | null }

/** The places that are filled in; a category needs no words of its own. */
function promisesOf(fields: Slots, ctx: z.RefinementCtx): { promises: NewPromise[]; nameOf: Said<unknown>['nameOf'] } {
  const taken: Slot[] = []
  const promises = promiseSlots.flatMap((n): NewPromise[] => {
    const [chosen, dueAt] = [fields[`promiseCategory${n}`], fields[`promiseDue${n}`]]
    const [en, fr] = [fields[`promiseEn${n}`], fields[`promiseFr${n}`]]
    if (chosen === '' && en === '' && fr === '' && dueAt === null) return []
    const own = {
      en: en || (chosen && fr === '' ? back('en', chosen) : ''),
      fr: fr || (chosen && en === '' ? back('fr', chosen) : ''),
    }
    const refuse = (name: string, message: string) => ctx.addIssue({ code: 'custom', path: [name], message })
    for (const [name, value] of [
      [`promiseEn${n}`, own.en],
      [`promiseFr${n}`, own.fr],
    ] as const) {
      const problem = title.safeParse(value).error?.issues[0]?.message
      if (problem !== undefined) refuse(name, problem === 'title-missing' ? 'promise-missing' : problem)
    }
    if (dueAt === null) refuse(`promiseDue${n}`, 'date-missing')
    taken.push(n)
    return dueAt === null ? [] : [{ category: chosen === '' ? null : chosen, textEn: own.en, textFr: own.fr, dueAt }]
  })
  const nameOf = (field: string): string => {
    const [, index] = /^promises\.(\d+)/.exec(field) ?? []
    if (index !== undefined) return `promiseDue${taken[Number(index)] ?? 0}`
    return field.startsWith('carrierIds') ? 'carriers' : (field.split('.')[0] ?? field)
  }
  return { promises, nameOf }
}

function back(language: 'en' | 'fr', kind: (typeof categories)[number]): string {
  const t = translator(language)
  return t('statusPage.promises.category', { category: t(`statusPage.category.${kind}`) })
}
