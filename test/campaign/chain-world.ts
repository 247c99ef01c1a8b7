import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { system } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { publishRoot } from '@/domain/evidence/publish-root'
import type { RootFile } from '@/domain/evidence/root-file'
import { verifyChains } from '@/domain/evidence/verify-chains'
import { transaction } from '@/domain/transaction'
import { closeDatabase } from '@/gateways/database'
import { evidenceSigner } from '@/gateways/evidence-signer'
import { parseKeyring } from '@/gateways/keyring'
import type { Chance } from '@/test/campaign/chance'
import { freshDatabase, type TestDatabase } from '@/test/support/database'

const actor = system('test')
const tables = ['events', 'chain_roots', 'chain_root_heads']
const installation = 'https://homeward.example'
const day = 86_400_000
export const chainsBegin = new Date('2009-10-10T12:00:00.000Z')

export interface StoredEvent {
  id: string
  subject: string
  seq: number
  kind: string
  carrier_id: string | null
  actor_role: string
  actor_id: string | null
  at: Date
  data: string
  previous: Buffer
  hash: Buffer
}

/** Chains under two roots and some rows younger than both, and somebody who can write into the tables past every guard. */
export class ChainWorld {
  readonly signer = evidenceSigner(parseKeyring(`test:${randomBytes(32).toString('base64')}`))
  /** All events as they were, in their order. */
  events: StoredEvent[] = []
  /** By subject, the number of the newest row under a root. */
  readonly heads = new Map<string, number>()
  /** As an auditor keeps them. */
  readonly roots: RootFile[] = []

  private constructor(
    private readonly database: TestDatabase,
    readonly owner: pg.Client,
  ) {}

  static async begin(chance: Chance, chains = 14): Promise<ChainWorld> {
    const database = await freshDatabase()
    const owner = new pg.Client({ connectionString: database.ownerUrl })
    await owner.connect()
    await owner.query(`SELECT set_config('homeward.carrier', '*', false)`)
    const world = new ChainWorld(database, owner)
    for (let round = 0; round < 3; round++) {
      for (let chain = 0; chain < chains; chain++) await world.grow(chance, chain, round)
      if (round < 2) await world.publish(round)
    }
    const { rows } = await owner.query<StoredEvent>('SELECT * FROM events ORDER BY subject, seq')
    world.events = rows
    // The guard is off for whoever owns the tables and means harm: what is tried here is what finds it.
    for (const table of tables) {
      await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
      await owner.query(`CREATE TABLE kept_${table} AS SELECT * FROM ${table}`)
    }
    return world
  }

  private async grow(chance: Chance, chain: number, round: number): Promise<void> {
    const name = chain.toString(16).padStart(12, '0')
    const subject = `${chain % 2 ? 'request' : 'subscriber'}:00000000-0000-7000-8000-${name}` as const
    const rows = chance.between(round === 0 ? 1 : 0, 6)
    for (let row = 0; row < rows; row++) {
      const at = new Date(chainsBegin.getTime() + round * day + chance.between(0, 60_000))
      const data = { reason: chance.pick(['wrong-account', 'asked-twice', 'é « 1 »']), count: chance.between(0, 9) }
      const kind = chance.pick(['request.filed', 'request.held', 'request.hold-ended'] as const)
      const carrierId = chance.between(0, 2) ? '0190163d-8694-739b-aea5-966c26f8ad91' : null
      const by = chance.between(0, 3) ? actor : ({ role: 'anonymous' } as const)
      await transaction('every-carrier', tx => recordEvent(tx, by, { subject, kind, carrierId, data }, at))
    }
  }

  private async publish(round: number): Promise<void> {
    const { rows } = await this.owner.query<{ subject: string; seq: number }>(
      'SELECT subject, max(seq) AS seq FROM events GROUP BY subject',
    )
    for (const { subject, seq } of rows) this.heads.set(subject, seq)
    const now = new Date(chainsBegin.getTime() + round * day + 3_600_000)
    const root = await publishRoot(actor, { signer: this.signer, installation }, now)
    this.roots.push(root!)
  }

  verify = (kept: RootFile | null = null) => verifyChains(actor, { signer: this.signer, kept })

  /** Everything as it was. */
  async restore(): Promise<void> {
    for (const table of tables)
      await this.owner.query(`BEGIN; DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM kept_${table}; COMMIT`)
  }

  async end(): Promise<void> {
    await this.owner.end()
    await closeDatabase()
    await this.database.drop()
  }
}
