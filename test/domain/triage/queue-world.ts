import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { seedTickets } from '@/bench/seed-tickets'
import { type Actor, system } from '@/domain/actor'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { addStaff } from '@/domain/subscriber/add-staff'
import { closeDatabase } from '@/gateways/database'
import { parseKeyring } from '@/gateways/keyring'
import { openSecrets } from '@/gateways/secrets'
import { freshDatabase, type TestDatabase } from '@/test/support/database'

export type Agent = Extract<Actor, { staffId: string }>

/** Two carriers with tickets of every kind and state, and people who work on them. */
export class QueueWorld {
  readonly outside = { secrets: openSecrets(parseKeyring(`k1:${randomBytes(32).toString('base64')}`)) }
  readonly agents = {} as Record<'harbor' | 'boreal' | 'lead' | 'everywhere', Agent>
  private constructor(
    readonly database: TestDatabase,
    readonly owner: pg.Client,
  ) {}

  static async begin(tickets: number, entriesEach = 0): Promise<QueueWorld> {
    const database = await freshDatabase()
    const owner = new pg.Client({ connectionString: database.ownerUrl })
    await owner.connect()
    const world = new QueueWorld(database, owner)
    const operator = system('test')
    for (const slug of ['harbor', 'boreal']) await addCarrier(operator, { slug, name: slug, country: 'US' })
    for (const [name, role, carrierSlug] of [
      ['harbor', 'support_agent', 'harbor'],
      ['boreal', 'support_agent', 'boreal'],
      ['lead', 'support_lead', 'harbor'],
      ['everywhere', 'support_agent', null],
    ] as const) {
      const { id: staffId, carrierId } = await addStaff(operator, {
        email: `${name}@staff.example`,
        name,
        role,
        carrierSlug,
      })
      world.agents[name] = { role, staffId, carrierId, provedAt: new Date() }
    }
    const { harbor, boreal, lead, everywhere } = world.agents
    const common = { tickets, entriesEach }
    await seedTickets(owner, {
      ...common,
      carrierId: harbor.carrierId!,
      mark: 'HB',
      staffIds: [harbor.staffId, lead.staffId, everywhere.staffId],
    })
    await seedTickets(owner, { ...common, carrierId: boreal.carrierId!, mark: 'BM', staffIds: [boreal.staffId] })
    await owner.query('ANALYZE')
    return world
  }

  async end(): Promise<void> {
    await this.owner.end()
    await closeDatabase()
    await this.database.drop()
  }
}
