import { randomUUID } from 'node:crypto'
import { type Actor, system } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { type AddUpdateInput, addUpdate } from '@/domain/incident/add-update'
import { type OpenIncidentInput, openIncident } from '@/domain/incident/open-incident'
import { saveComponent } from '@/domain/incident/save-component'
import { scheduleMaintenance } from '@/domain/incident/schedule-maintenance'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { closeDatabase, database } from '@/gateways/database'
import type { StaffRole } from '@/prisma/generated/enums'
import { freshDatabase, type TestDatabase } from '@/test/support/database'

/** When everything here is said to happen; `at(2)` is two hours later. */
const begin = new Date('2009-10-10T12:00:00.000Z')
export const at = (hours: number): Date => new Date(begin.getTime() + hours * 3_600_000)

/** "field code" of a refusal, "code" where it is about no field; what is no refusal is thrown on. */
export async function refusalOf(verb: Promise<unknown>): Promise<string> {
  try {
    await verb
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // What a schema refuses says its code as the detail: screens read the same schema's message.
    const code = error.code.startsWith('bad-') ? error.detail : error.code
    return [error.field, code].filter(Boolean).join(' ')
  }
  return 'no refusal'
}

/** An installation with a manager, two carriers and two components. */
export class IncidentWorld {
  manager!: Extract<Actor, { staffId: string }>
  harbor!: string
  boreal!: string
  sync!: string
  photos!: string
  private constructor(readonly rows: TestDatabase) {}

  static async begin(): Promise<IncidentWorld> {
    const world = new IncidentWorld(await freshDatabase())
    const carrier = (slug: string, name: string) => addCarrier(system('test'), { slug, name, country: 'US' })
    world.harbor = (await carrier('harbor', 'Harbor Wireless')).id
    world.boreal = (await carrier('boreal', 'Boréal Mobile')).id
    world.manager = await world.staff('incident_manager', 'Mina')
    const component = async (nameEn: string) =>
      (await saveComponent(world.manager, { nameEn, nameFr: nameEn }, at(-100))).id
    world.sync = await component('Sync')
    world.photos = await component('Photos')
    return world
  }

  async end(): Promise<void> {
    await closeDatabase()
    await this.rows.drop()
  }

  async staff(role: StaffRole, name: string, carrierId: string | null = null) {
    const data = { email: `${randomUUID()}@staff.example`, name, role, carrierId }
    const { id: staffId } = await database().staff.create({ data })
    return { role, staffId, carrierId, provedAt: new Date() } as Extract<Actor, { staffId: string }>
  }

  opening(more: Partial<OpenIncidentInput> = {}): OpenIncidentInput {
    return {
      titleEn: 'Contacts are gone',
      titleFr: 'Les contacts ont disparu',
      startedAt: at(-1),
      bodyEn: 'We look into it.',
      bodyFr: 'Nous cherchons.',
      nextUpdateBy: at(2),
      tell: false,
      ...more,
    }
  }

  async open(more: Partial<OpenIncidentInput> = {}, now = at(0)): Promise<string> {
    return (await openIncident(this.manager, this.opening(more), now)).id
  }

  /** The next statement, an hour or so after the opening unless said otherwise. */
  say(incidentId: string, more: Partial<AddUpdateInput> = {}, now = at(1)) {
    const status = more.status ?? 'identified'
    const isOver = ['resolved', 'postmortem', 'scheduled', 'in_progress', 'verifying', 'completed'].includes(status)
    const nextUpdateBy = isOver || more.saidAt ? null : new Date(now.getTime() + 3_600_000)
    const words = { bodyEn: 'More.', bodyFr: 'Plus.', tell: false }
    return addUpdate(this.manager, { incidentId, status, nextUpdateBy, ...words, ...more }, now)
  }

  async maintenance(more: Partial<Parameters<typeof scheduleMaintenance>[1]> = {}, now = at(0)): Promise<string> {
    const words = { titleEn: 'New disks', titleFr: 'Nouveaux disques', bodyEn: 'We change disks.', bodyFr: 'Disques.' }
    const times = { scheduledFor: at(10), scheduledUntil: at(12), tell: false }
    return (await scheduleMaintenance(this.manager, { ...words, ...times, ...more }, now)).id
  }

  incident = (id: string) =>
    database().incident.findUniqueOrThrow({
      where: { id },
      include: {
        updates: { orderBy: { number: 'asc' } },
        promises: { orderBy: [{ madeAt: 'asc' }, { dueAt: 'asc' }], include: { alarms: true } },
        components: true,
        carriers: true,
        waves: { orderBy: { category: 'asc' } },
      },
    })

  async events(subject: string) {
    const rows = await database().event.findMany({ where: { subject }, orderBy: { seq: 'asc' } })
    return rows.map(row => ({ ...JSON.parse(row.data), kind: row.kind, by: row.actorId }))
  }
}
