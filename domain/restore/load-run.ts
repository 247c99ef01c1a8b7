import type { Category } from '@/domain/record/category'
import { categories } from '@/domain/record/category'
import type { ChoiceOf } from '@/domain/restore/plan-resources'
import type { SourceHolding } from '@/domain/restore/record-kind'
import type { Prisma } from '@/domain/transaction'
import { reader } from '@/domain/transaction'

const runShape = {
  categories: true,
  request: {
    include: {
      account: true,
      items: { orderBy: { position: 'asc' } },
      choices: true,
      crossing: { select: { sourceId: true, status: true } },
      subscriber: { select: { accountId: true, carrier: { select: { country: true } } } },
    },
  },
} satisfies Prisma.RunInclude

export type LoadedRun = Prisma.RunGetPayload<{ include: typeof runShape }>

export async function loadRun(runId: string): Promise<LoadedRun | null> {
  const run = await reader('every-carrier').run.findUnique({ where: { id: runId }, include: runShape })
  if (!run) return null
  // What has ended puts nothing more into anybody's account; an undo takes it out all the same.
  const { crossing } = run.request
  if (crossing !== null && crossing.status !== 'filed' && run.kind === 'restore') return null
  run.categories.sort((a, b) => categories.indexOf(a.category) - categories.indexOf(b.category))
  return run
}

/** Whose records it takes: its subscriber's, or by a crossing the other person's. */
export const ownerOf = ({ request }: LoadedRun): string => request.crossing?.sourceId ?? request.subscriberId

/** What the plan of one category is made from. */
export interface CategorySources {
  holdings: SourceHolding[]
  digestOf(objectKey: string): string | null
}

export async function loadSources(run: LoadedRun, category: Category): Promise<CategorySources> {
  const items = run.request.items.filter(item => item.category === category)
  const rows = await reader('every-carrier').holding.findMany({
    where: { id: { in: items.map(item => item.holdingId) }, subscriberId: ownerOf(run) },
    include: { batch: { select: { name: true } } },
  })
  const digests = new Map<string, string | null>()
  const holdings: SourceHolding[] = []
  for (const { holdingId } of items) {
    const row = rows.find(one => one.id === holdingId)
    if (!row?.objectKey) continue
    const { id, objectKey, digest } = row
    digests.set(objectKey, digest)
    holdings.push({ id, objectKey, file: fileName(objectKey, items.length > 1 ? row.batch.name : null) })
  }
  return { holdings, digestOf: key => digests.get(key) ?? null }
}

/** "contacts.vcf", with the batch's name before it where a request takes several; "photos/" for the photos' folder. */
export function fileName(objectKey: string, batch: string | null): string {
  const last = objectKey.replace(/\/$/, '').split('/').at(-1)!
  const name = objectKey.endsWith('/') ? `${last}/` : last
  return batch === null ? name : `${batch}/${name}`
}

export function choicesOf(run: LoadedRun): ChoiceOf {
  const chosen = new Map(run.request.choices.map(one => [`${one.holdingId} ${one.ordinal}`, one]))
  return (holdingId, ordinal) => chosen.get(`${holdingId} ${ordinal}`)
}
