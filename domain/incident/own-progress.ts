import { countBack } from '@/domain/incident/count-back'
import type { OwnCategory, OwnRequest } from '@/domain/incident/own-incident'
import type { PublicWave } from '@/domain/incident/public-status'
import type { Category } from '@/domain/record/category'
import { isUsable } from '@/domain/recovery/batch-status'
import { openStatuses } from '@/domain/restore/request-status'
import { type Prisma, reader, type SeenBy } from '@/domain/transaction'

const withRuns = {
  items: { select: { category: true, holdingId: true } },
  runs: { include: { categories: true }, orderBy: { createdAt: 'desc' } },
} satisfies Prisma.RestoreRequestInclude
type Request = Prisma.RestoreRequestGetPayload<{ include: typeof withRuns }>

const withBatch = { batch: { select: { status: true } } } satisfies Prisma.HoldingInclude
type Holding = Prisma.HoldingGetPayload<{ include: typeof withBatch }>

interface Progress {
  categories: OwnCategory[]
  open: OwnRequest[]
}

/** What an incident's batches hold for one subscriber, and what became of it: category by category, none left out. */
export async function readOwnProgress(
  by: SeenBy,
  incidentId: string,
  subscriberId: string,
  waves: PublicWave[],
): Promise<Progress> {
  const holdings = await reader(by).holding.findMany({
    where: { subscriberId, batch: { incidentId } },
    include: withBatch,
    orderBy: [{ asOf: 'desc' }, { batch: { createdAt: 'desc' } }, { id: 'desc' }],
  })
  const found = await reader(by).restoreRequest.findMany({
    where: {
      subscriberId,
      status: { in: [...openStatuses, 'done'] },
      items: { some: { holdingId: { in: holdings.map(({ id }) => id) } } },
    },
    include: withRuns,
    orderBy: { filedAt: 'desc' },
  })
  const back = await countBack(by, incidentId, subscriberId)
  // One that is being undone gives nothing back.
  const requests = found.filter(({ runs }) => runs.every(({ kind }) => kind === 'restore'))
  return {
    categories: waves.map(wave => {
      const mine = holdings.filter(({ category }) => category === wave.category)
      const ids = new Set(mine.map(({ id }) => id))
      const asking = requests.filter(({ items }) => items.some(({ holdingId }) => ids.has(holdingId)))
      return {
        ...foundOf(wave, mine),
        back: backOf(back.find(({ category }) => category === wave.category)?.records ?? 0, asking),
        underWay: underWayOf(wave.category, asking),
      }
    }),
    open: requests.filter(({ status }) => status !== 'done').map(named),
  }
}

const named = ({ id, reference, status }: Request): OwnRequest => ({ id, reference, status })

function foundOf({ updatedAt: _, ...wave }: PublicWave, mine: Holding[]): Omit<OwnCategory, 'back' | 'underWay'> {
  const usable = mine.filter(({ batch }) => isUsable(batch.status))
  const [newest] = usable
  const { complete = 0, partial = 0, damaged = 0, expected = null, asOf = null } = newest ?? {}
  const found = complete + partial + damaged
  return {
    ...wave,
    standing: standingOf(usable, mine.length > usable.length),
    holdingId: newest?.id ?? null,
    complete,
    partial,
    damaged,
    expected,
    notFound: expected === null ? null : Math.max(0, expected - found),
    asOf,
  }
}

function standingOf(usable: Holding[], held: boolean): OwnCategory['standing'] {
  if (usable.some(({ complete, partial, damaged }) => complete + partial + damaged > 0)) return 'ready'
  if (held) return 'checking'
  return usable.length > 0 ? 'nothing' : 'none'
}

const progressOf = ({ runs }: Request, category: Category) =>
  runs[0]?.categories.find(one => one.category === category) ?? null

/** `asking`: the newest first. */
function backOf(records: number, asking: Request[]): OwnCategory['back'] {
  const newest = asking.find(({ status }) => status === 'done')
  return newest === undefined || records === 0 ? null : { records, request: named(newest) }
}

function underWayOf(category: Category, asking: Request[]): OwnCategory['underWay'] {
  const open = asking.find(({ status }) => status !== 'done')
  if (open === undefined) return null
  const { settled = 0, planned = null } = progressOf(open, category) ?? {}
  return { settled, planned, request: named(open) }
}
