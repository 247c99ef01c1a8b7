import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import pg from 'pg'
import { scopeNames } from '@/domain/access/token-scopes'
import { type Actor, anonymous, staffRoles, system } from '@/domain/actor'
import { approveRequest } from '@/domain/restore/approve-request'
import { fileRequest } from '@/domain/restore/file-request'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { addStaff } from '@/domain/subscriber/add-staff'
import { addSubscriber } from '@/domain/subscriber/add-subscriber'
import { reader, transaction } from '@/domain/transaction'
import type { RequestStatus } from '@/prisma/generated/enums'
import { longKnown } from '@/test/support/long-known'
import { RestoreWorld } from '@/test/support/restore-world'

const operator = system('test')
const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(64, 1), Buffer.from([0xff, 0xd9])])

export const owners = ['own', 'same carrier', 'other carrier'] as const
export type Owner = (typeof owners)[number]

/** One subscriber with everything that is theirs, and every text by which it would be known in an answer. */
export interface Place {
  owner: Owner
  carrierId: string
  subscriberId: string
  email: string
  accountId: string
  contacts: string
  photos: string
  /** A finished restore that was undone in part. */
  requestId: string
  reference: string
  /** Of that request. */
  ticketId: string
  marks: string[]
}

/** Two carriers, three subscribers, staff of every role; and what a call must not have changed. */
export class MatrixWorld {
  readonly places = {} as Record<Owner, Place>
  private readonly provedAt = new Date()
  readonly actors: [name: string, actor: Actor][] = []
  batchId!: string
  /** A quarantined batch, for people to decide on. */
  doubtfulId!: string
  private owner!: pg.Client
  /** The rows as they were at a moment at which nothing was being written. */
  private printed: { at: string; but: string | undefined; rows: unknown } | null = null

  protected constructor(readonly restores: RestoreWorld) {}

  static async begin(env: Record<string, string> = {}): Promise<MatrixWorld> {
    const world = new MatrixWorld(await RestoreWorld.begin(env))
    await world.fill()
    return world
  }

  protected async fill(): Promise<void> {
    await addCarrier(operator, { slug: 'boreal', name: 'Boreal Mobile', country: 'CA' })
    this.owner = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL })
    await this.owner.connect()
    await this.owner.query("SELECT set_config('homeward.carrier', '*', false)")
    await this.addPeople()
    await this.recover()
    for (const owner of owners) {
      await this.restore(this.places[owner])
      await this.halted(this.places[owner], 'waiting')
    }
  }

  async end(): Promise<void> {
    await this.owner.end()
    await this.restores.end()
  }

  /** Everybody has proved a moment ago who they are: a run may take longer than the five minutes of a proof. */
  proveAnew(): void {
    this.provedAt.setTime(Date.now())
  }

  get services() {
    return this.restores.open.services
  }

  private async addPeople(): Promise<void> {
    for (const owner of owners) {
      const word = owner.replace(' ', '-')
      const carrierSlug = owner === 'other carrier' ? 'boreal' : 'harbor'
      const email = `mark.${word}@people.example`
      const input = { carrierSlug, accountId: `mark-id-${word}`, email, name: `Mark Name ${word}`, phone: '555-0100' }
      const { id, carrierId } = await addSubscriber(operator, this.services.secrets, input)
      const marks = [id, email, input.accountId, input.name, `Mark Friend ${word}`, `mark-photo-${word}`]
      this.places[owner] = { owner, carrierId, subscriberId: id, email, marks } as Place
    }
    const { provedAt } = this
    const { carrierId, subscriberId } = this.places.own
    this.actors.push(
      ['anonymous', anonymous],
      ['subscriber', { role: 'subscriber', carrierId, subscriberId, provedAt, keySince: longKnown(provedAt) }],
    )
    for (const carrierSlug of ['harbor', null]) {
      for (const role of staffRoles) {
        const where = carrierSlug ?? 'installation'
        const email = `${role}.${where}@staff.example`
        const { id, carrierId: of } = await addStaff(operator, { email, name: `${role} ${where}`, role, carrierSlug })
        this.actors.push([`${role} of ${where}`, { role, staffId: id, carrierId: of, provedAt }])
      }
    }
    const scopes = scopeNames
    this.actors.push(
      ['machine of harbor', { role: 'machine', tokenId: randomUUID(), carrierId, scopes }],
      ['machine of installation', { role: 'machine', tokenId: randomUUID(), carrierId: null, scopes }],
      ['machine without scopes', { role: 'machine', tokenId: randomUUID(), carrierId: null, scopes: [] }],
      ['system', operator],
    )
  }

  private async recover(): Promise<void> {
    const files: Record<string, Buffer | string> = { 'stranger/contacts.vcf': 'BEGIN:VCARD\r\nEND:VCARD\r\n' }
    for (const owner of owners) {
      const word = owner.replace(' ', '-')
      const card = `BEGIN:VCARD\r\nVERSION:3.0\r\nN:Friend;Mark\r\nFN:Mark Friend ${word}\r\nTEL:555-0101\r\nEND:VCARD\r\n`
      files[`mark-id-${word}/contacts.vcf`] = card
      files[`mark-id-${word}/photos/mark-photo-${word}.jpg`] = jpeg
    }
    await this.restores.batch('matrix', files)
    const doubtful = { name: 'doubtful', status: 'quarantined' } as const
    this.doubtfulId = (await transaction('every-carrier', tx => tx.recoveryBatch.create({ data: doubtful }))).id
    this.batchId = (await reader('every-carrier').recoveryBatch.findUniqueOrThrow({ where: { name: 'matrix' } })).id
  }

  private async restore(place: Place): Promise<void> {
    place.accountId = (await this.restores.vdir(place.subscriberId)).id
    const holdings = await reader('every-carrier').holding.findMany({ where: { subscriberId: place.subscriberId } })
    place.contacts = holdings.find(({ category }) => category === 'contacts')!.id
    place.photos = holdings.find(({ category }) => category === 'photos')!.id
    place.marks.push(place.accountId, place.contacts, place.photos)
    const { request, reference } = await this.restores.restore(place)
    await this.restores.undo(request)
    place.requestId = request
    place.reference = reference
    place.ticketId = (await reader('every-carrier').ticket.findUniqueOrThrow({ where: { requestId: request } })).id
    place.marks.push(request, reference, place.ticketId)
  }

  async file(place: Place): Promise<string> {
    const { subscriberId, accountId, contacts } = place
    const what = { subscriberId, accountId, holdingIds: [contacts], filingKey: randomUUID() }
    const { id, reference } = await fileRequest(operator, { ...what, rule: 'merge' })
    place.marks.push(id, reference)
    return id
  }

  /** An account at a server, which nobody has looked at. */
  async accountWithPassword({ carrierId, subscriberId }: Place): Promise<string> {
    const host = 'dav.device.example'
    const data = { carrierId, subscriberId, kind: 'dav', label: 'Tablet', url: `https://${host}/`, host } as const
    return (await transaction('every-carrier', tx => tx.deviceAccount.create({ data }))).id
  }

  /** A request whose run has stopped in the state given, without the run's work. */
  async halted(place: Place, status: RequestStatus & ('done' | 'waiting')): Promise<string> {
    const id = await this.file(place)
    const { runId } = await approveRequest(operator, { requestId: id })
    await transaction('every-carrier', async tx => {
      await tx.run.update({ where: { id: runId! }, data: { status } })
      const waitReason = status === 'waiting' ? 'our-fault' : null
      await tx.restoreRequest.update({ where: { id }, data: { status, waitReason } })
    })
    return id
  }

  /** The address that somebody signs in with. */
  async mailboxOf(actor: Actor): Promise<string> {
    if (actor.role === 'subscriber') {
      return (await reader('every-carrier').subscriber.findUniqueOrThrow({ where: { id: actor.subscriberId } })).email
    }
    if (!('staffId' in actor)) throw new Error(`Nobody signs in as ${actor.role}.`)
    return (await reader('every-carrier').staff.findUniqueOrThrow({ where: { id: actor.staffId } })).email
  }

  /** Runs a statement as the tables' owner. */
  async sql(text: string): Promise<void> {
    await this.owner.query(text)
  }

  /** Every row and every file: two prints are equal where nothing has changed between them. `but`: a table that is left out. */
  async print(but?: string): Promise<string> {
    const files = await readdir(this.restores.folder, { recursive: true })
    return JSON.stringify([await this.rowsBut(but), files.sort()], null, 1)
  }

  private async rowsBut(but: string | undefined): Promise<unknown> {
    const { rows: moment } = await this.owner.query<{ at: string; quiet: boolean }>(
      `SELECT s::text AS at, pg_snapshot_xmin(s) = pg_snapshot_xmax(s) AS quiet FROM pg_current_snapshot() s`,
    )
    const { at, quiet } = moment[0]!
    // Whatever writes takes a transaction's number: where none was taken and none is open, every row is as it was.
    const before = this.printed
    if (quiet && before?.at === at && before.but === but) return before.rows
    const rows = await this.sums(but)
    this.printed = { at, but, rows }
    return rows
  }

  private async sums(but: string | undefined): Promise<unknown> {
    const { rows: tables } = await this.owner.query(
      `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
    )
    const asked = tables.filter(({ name }) => name !== but)
    const sums = asked.map(({ name }) => {
      // A request notes, once a minute, that its session is in use: that changes nothing.
      const row = name === 'sign_in_sessions' ? `(to_jsonb(t) - 'last_seen_at')` : 't'
      return `SELECT '${name}' AS name, count(*)::text AS rows, sum(hashtextextended(${row}::text, 0))::text AS sum FROM ${name} t`
    })
    return (await this.owner.query(sums.join(' UNION ALL '))).rows
  }
}
