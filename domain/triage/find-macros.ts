import type { Actor } from '@/domain/actor'
import { badInput, notFound } from '@/domain/errors'
import { authorize, may, scope } from '@/domain/policy'
import { type Prisma, reader } from '@/domain/transaction'
import { fillMacro, type MacroValues, unknownIn } from '@/domain/triage/macro-text'

const shape = { carrier: { select: { name: true } } } satisfies Prisma.MacroInclude
type Loaded = Prisma.MacroGetPayload<{ include: typeof shape }>

export interface MacroView {
  id: string
  code: string
  textEn: string
  textFr: string
  version: number
  /** Null: for every carrier. */
  carrier: string | null
  /** Whether the reader may change it. */
  manageable: boolean
}

const view =
  (actor: Actor) =>
  ({ id, code, textEn, textFr, version, carrier, carrierId }: Loaded): MacroView => {
    const manageable = may(actor, 'macro.manage', { carrierId, subscriberId: null })
    return { id, code, textEn, textFr, version, carrier: carrier?.name ?? null, manageable }
  }

/** A carrier's staff see its own and everybody's. */
function seen(actor: Actor): Prisma.MacroWhereInput {
  const { carrierId } = scope(actor, 'macro.use')
  return { removedAt: null, ...(carrierId === undefined ? {} : { OR: [{ carrierId }, { carrierId: null }] }) }
}

/** Texts to begin answers from, by code. At most 500. */
export async function listMacros(actor: Actor): Promise<MacroView[]> {
  const where = seen(actor)
  const orderBy = [{ code: 'asc' }, { id: 'asc' }] satisfies Prisma.MacroOrderByWithRelationInput[]
  const rows = await reader(actor).macro.findMany({ where, include: shape, orderBy, take: 500 })
  return rows.map(view(actor))
}

export async function findMacro(actor: Actor, id: string): Promise<MacroView> {
  const row = await reader(actor).macro.findFirst({ where: { id, ...seen(actor) }, include: shape })
  if (!row) throw notFound('macro')
  return view(actor)(row)
}

/** Which carriers' macros the actor may write: for each its name; everybody's where they work for no carrier in particular. */
export async function listMacroCarriers(actor: Actor): Promise<{ id: string | null; name: string | null }[]> {
  const { carrierId } = scope(actor, 'macro.manage')
  const where = carrierId === undefined ? {} : { id: carrierId }
  const carriers = await reader(actor).carrier.findMany({
    where,
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
  return [...(carrierId === undefined ? [{ id: null, name: null }] : []), ...carriers]
}

/** The macros that fit a carrier's ticket. */
export async function listMacrosFor(actor: Actor, carrierId: string): Promise<{ id: string; code: string }[]> {
  authorize(actor, 'macro.use', { carrierId, subscriberId: null }, 'carrier')
  const where = { AND: [seen(actor), { OR: [{ carrierId }, { carrierId: null }] }] }
  const orderBy = [{ code: 'asc' }, { id: 'asc' }] satisfies Prisma.MacroOrderByWithRelationInput[]
  return reader(actor).macro.findMany({ where, select: { id: true, code: true }, orderBy, take: 500 })
}

/** A macro's text with its variables filled in, to be read over before it is sent. Refused where a variable is not known. */
export async function renderMacro(
  actor: Actor,
  { macroId, language, values }: { macroId: string; language: 'en' | 'fr'; values: MacroValues },
): Promise<string> {
  const macro = await findMacro(actor, macroId)
  const text = language === 'fr' ? macro.textFr : macro.textEn
  if (unknownIn(text).length > 0) throw badInput('text', 'unknown-variable', 'A variable of the macro is not known.')
  return fillMacro(text, values)
}
