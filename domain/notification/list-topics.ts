import { validate as isUuid } from 'uuid'
import { openStatuses } from '@/domain/incident/incident-status'
import { reader } from '@/domain/transaction'
import type { Language } from '@/prisma/generated/enums'

/** What can be subscribed to, beside everything; `value` is "incident:<id>" … All of it stands on the public page. */
export interface Topics {
  incidents: { value: string; name: string }[]
  components: { value: string; name: string }[]
  carriers: { value: string; name: string }[]
}

/** Open incidents and those in `chosen`, parts of the service, carriers. */
export async function listTopics(language: Language, chosen: readonly string[] = []): Promise<Topics> {
  const kept = chosen.flatMap(value => {
    const id = value.startsWith('incident:') ? value.slice('incident:'.length) : ''
    return isUuid(id) ? [id] : []
  })
  const open = [...openStatuses, 'scheduled' as const, 'in_progress' as const, 'verifying' as const]
  const [incidents, components, carriers] = await Promise.all([
    reader('every-carrier').incident.findMany({
      where: { OR: [{ status: { in: open } }, { id: { in: kept }, status: { not: 'draft' } }] },
      orderBy: { startedAt: 'desc' },
      take: 50,
    }),
    reader('every-carrier').component.findMany({
      where: { isGroup: false, removedAt: null },
      orderBy: { position: 'asc' },
      take: 200,
    }),
    reader('every-carrier').carrier.findMany({ orderBy: { name: 'asc' }, take: 200 }),
  ])
  const said = (en: string, fr: string) => (language === 'fr' ? fr : en)
  return {
    incidents: incidents.map(one => ({ value: `incident:${one.id}`, name: said(one.titleEn, one.titleFr) })),
    components: components.map(one => ({ value: `component:${one.id}`, name: said(one.nameEn, one.nameFr) })),
    carriers: carriers.map(one => ({ value: `carrier:${one.id}`, name: one.name })),
  }
}
