import { z } from 'zod'
import { momentIn } from '@/app/_shell/local-time'
import type { Fields } from '@/app/_shell/read-fields'
import { Refusal } from '@/domain/errors'

/** Octets of a form with statements: far more than they may have, so that what is too long is told at its field. */
export const most = 8 * 1024 * 1024

/** Text as people write it, whichever line ends their browser sends. */
export const words = <S extends z.ZodType>(schema: S) =>
  z.preprocess(value => (typeof value === 'string' ? value.replaceAll('\r\n', '\n') : value), schema)

/** Null where nothing was entered. */
export const orNone = <S extends z.ZodType>(schema: S) =>
  z.preprocess(value => (typeof value === 'string' && value.trim() !== '' ? value : null), schema.nullable())

/** Boxes: none, one or several of a name. */
export const boxes = z.preprocess(value => (value === undefined ? [] : [value].flat()), z.array(z.string()))

export const yesOrNo = (code: string) => z.enum(['yes', 'no'], code).transform(said => said === 'yes')

type Entered = { at: Date | null } | { problem: 'date-unreadable' | 'date-left-out' }

const entered = z.custom<Entered>().transform((read, ctx) => {
  if ('at' in read) return read.at
  ctx.addIssue({ code: 'custom', message: read.problem })
  return z.NEVER
})

/** A field that `withMoments` reads. */
export const momentOrNone = entered
export const momentGiven = entered.transform((at, ctx) => {
  if (at !== null) return at
  ctx.addIssue({ code: 'custom', message: 'date-missing' })
  return z.NEVER
})

/** Reads the fields of a form, those that tell a moment in the zone that the form says it was written beside them. */
export const withMoments = <S extends z.ZodType>(names: readonly string[], schema: S) =>
  z.preprocess(given => {
    const fields = given as Fields
    const zone = typeof fields.zone === 'string' ? fields.zone : ''
    return { ...fields, ...Object.fromEntries(names.map(name => [name, readMoment(zone, fields[name])])) }
  }, schema)

function readMoment(zone: string, text: string | string[] | undefined): Entered {
  if (text === undefined || text === '') return { at: null }
  const at = typeof text === 'string' ? momentIn(zone, text) : 'form'
  if (at instanceof Date) return { at }
  return { problem: at === 'gap' ? 'date-left-out' : 'date-unreadable' }
}

/** A verb's refusal at the field of the form that it is about. */
export async function atFields<T>(nameOf: (field: string) => string, verb: () => Promise<T>): Promise<T> {
  try {
    return await verb()
  } catch (error) {
    if (!(error instanceof Refusal) || error.field === null) throw error
    throw new Refusal(error.kind, error.code, error.detail, nameOf(error.field))
  }
}
