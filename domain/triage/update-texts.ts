import type { Actor } from '@/domain/actor'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import type { Category, WaveStatus } from '@/prisma/generated/enums'

/** What was last said in public of an incident, or of a wave of it: what its subscribers may be told begins with it. */
export interface UpdateTexts {
  /** Null: nothing was said yet. */
  en: string | null
  fr: string | null
  wave: { category: Category; status: WaveStatus } | null
}

/** The newest statement; with a category, what is said of that wave. */
export async function findUpdateTexts(
  actor: Actor,
  { incidentId, category }: { incidentId: string; category: Category | null },
  now = new Date(),
): Promise<UpdateTexts> {
  const { carrierId } = scope(actor, 'mass.read')
  const incident = await reader(actor).incident.findFirst({
    where: {
      ...{ id: incidentId, status: { not: 'draft' } },
      ...(carrierId === undefined ? {} : { carriers: { some: { carrierId } } }),
    },
    select: {
      waves: { where: category === null ? { category: { in: [] } } : { category } },
      updates: {
        where: { publishedAt: { lte: now } },
        orderBy: [{ publishedAt: 'desc' }, { number: 'desc' }],
        take: 1,
      },
    },
  })
  const [update] = incident?.updates ?? []
  const [wave] = incident?.waves ?? []
  if (wave !== undefined) return { en: wave.noteEn, fr: wave.noteFr, wave }
  return { en: update?.bodyEn ?? null, fr: update?.bodyFr ?? null, wave: null }
}
