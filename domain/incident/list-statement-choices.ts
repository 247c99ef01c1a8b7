import type { Actor } from '@/domain/actor'
import type { Both } from '@/domain/incident/public-status'
import { authorizeEver } from '@/domain/policy'
import { reader } from '@/domain/transaction'

/** More than any installation has. */
const most = 1_000

/** What a statement can be about: every carrier, and every component that is none of a group's name. */
export async function listStatementChoices(actor: Actor): Promise<{
  carriers: { id: string; name: string }[]
  components: { id: string; name: Both; group: Both | null }[]
}> {
  authorizeEver(actor, 'incident.console')
  const [carriers, components] = await Promise.all([
    reader(actor).carrier.findMany({ select: { id: true, name: true }, orderBy: { name: 'asc' }, take: most }),
    reader(actor).component.findMany({
      where: { isGroup: false, removedAt: null },
      include: { group: true },
      orderBy: [{ position: 'asc' }, { createdAt: 'asc' }],
      take: most,
    }),
  ])
  return {
    carriers,
    components: components.map(({ id, nameEn, nameFr, group }) => ({
      id,
      name: { en: nameEn, fr: nameFr },
      group: group && { en: group.nameEn, fr: group.nameFr },
    })),
  }
}
