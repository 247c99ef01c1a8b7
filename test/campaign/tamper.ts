import { randomBytes } from 'node:crypto'
import { chainBegin, eventHash } from '@/domain/event-hash'
import { type RootFile, rootText, signRoot } from '@/domain/evidence/root-file'
import type { EvidenceSigner } from '@/domain/evidence/signer'
import { evidenceSigner } from '@/gateways/evidence-signer'
import { parseKeyring } from '@/gateways/keyring'
import type { ChainWorld, StoredEvent } from '@/test/campaign/chain-world'
import type { Chance } from '@/test/campaign/chance'
import { forgeRoots } from '@/test/campaign/forge-roots'
import { letter, spoilRoots } from '@/test/campaign/spoil-roots'

/** What must be said of it: the first bad row, as far as it can be told; or that only what an auditor kept tells it. */
export interface Tampered {
  how: string
  first?: { subject: string; seq: number; code?: string }
  /** Found only by holding the chains against a root that somebody kept. */
  needsKept?: true
}

export type Tamper = (world: ChainWorld, chance: Chance) => Promise<Tampered | null>

const columns = ['kind', 'carrier_id', 'actor_role', 'actor_id', 'at', 'data', 'previous', 'hash'] as const
const chainOf = (world: ChainWorld, { subject }: StoredEvent) => world.events.filter(one => one.subject === subject)
const flipped = (bytes: Buffer, chance: Chance): Buffer => {
  const other = Buffer.from(bytes)
  other[chance.between(0, other.length - 1)]! ^= 1 << chance.between(0, 7)
  return other
}

function otherValue(row: StoredEvent, column: (typeof columns)[number], chance: Chance): unknown {
  switch (column) {
    case 'carrier_id':
      return row.carrier_id && chance.between(0, 1) ? null : '0190163d-8694-739b-aea5-966c26f8ad92'
    case 'actor_id':
      if (row.actor_id === null) return chance.pick(['', 'x'])
      return chance.pick([null, '', letter(row.actor_id, chance)])
    case 'at':
      return chance.pick([new Date(row.at.getTime() + chance.pick([-1, 1, 86_400_000])), 'infinity', '2009-10-10 BC'])
    case 'data':
      return chance.pick([letter(row.data, chance), `${row.data} `, ''])
    case 'kind':
    case 'actor_role':
      return letter(row[column], chance)
    default:
      return chance.pick([flipped(row[column], chance), row[column].subarray(1), Buffer.alloc(0)])
  }
}

const set = (world: ChainWorld, row: StoredEvent, column: string, value: unknown) =>
  world.owner.query(`UPDATE events SET ${column} = $1 WHERE id = $2`, [value, row.id])
const remove = (world: ChainWorld, rows: StoredEvent[]) =>
  world.owner.query('DELETE FROM events WHERE id = ANY($1)', [rows.map(({ id }) => id)])

const editColumn: Tamper = async (world, chance) => {
  const row = chance.pick(world.events)
  const column = chance.pick(columns)
  await set(world, row, column, otherValue(row, column, chance))
  return { how: `edit ${column}`, first: { subject: row.subject, seq: row.seq, code: 'edited' } }
}

const editPlace: Tamper = async (world, chance) => {
  const row = chance.pick(world.events)
  const chain = chainOf(world, row)
  const isUnderRoot = row.seq <= (world.heads.get(row.subject) ?? 0)
  switch (chance.pick(['id', 'seq', 'subject'] as const)) {
    case 'id': {
      const id = chance.pick([-Number(row.id), 1_000_000 + Number(row.id), 1_000_000_000])
      await set(world, row, 'id', id)
      return { how: 'edit id', first: { subject: row.subject, seq: row.seq, code: 'edited' } }
    }
    case 'seq':
      await set(world, row, 'seq', chance.pick([0, -1, chain.length + 1, chain.length + 5]))
      return { how: 'edit seq' }
    default:
      if (row.seq === chain.length && !isUnderRoot && row.seq > 1) return null
      await set(world, row, 'subject', `${row.subject.slice(0, -1)}z`)
      return { how: 'edit subject' }
  }
}

/** One row out of its middle, a tail, or all of it: told by the chain, or by the root that was published over it. */
const takeOut: Tamper = async (world, chance) => {
  const row = chance.pick(world.events)
  const { subject, seq } = row
  const chain = chainOf(world, row)
  if (seq < chain.length && chance.between(0, 1)) {
    await remove(world, [row])
    return { how: 'delete', first: { subject, seq, code: 'missing' } }
  }
  if (seq > (world.heads.get(subject) ?? 0)) return null
  await remove(world, chain.slice(seq - 1))
  return { how: seq === 1 ? 'delete chain' : 'cut tail', first: { subject, seq, code: 'cut' } }
}

const swap: Tamper = async (world, chance) => {
  const [a, b] = [chance.pick(world.events), chance.pick(world.events)]
  if (a.id === b.id) return null
  const place = (row: StoredEvent, at: StoredEvent) =>
    world.owner.query('UPDATE events SET subject = $1, seq = $2 WHERE id = $3', [at.subject, at.seq, row.id])
  await world.owner.query(`UPDATE events SET seq = -7 WHERE id = $1`, [a.id])
  await place(b, a)
  await place(a, b)
  const [first] = [a, b].sort((x, y) => Buffer.compare(Buffer.from(x.subject), Buffer.from(y.subject)) || x.seq - y.seq)
  return { how: 'swap', first: { subject: first!.subject, seq: first!.seq } }
}

/** Writes a chain's rows from a place on as if they had always been so: every hash anew, with nothing wrong in itself. */
async function rewrite(world: ChainWorld, subject: string, rows: StoredEvent[]): Promise<void> {
  await world.owner.query('DELETE FROM events WHERE subject = $1', [subject])
  let previous: Buffer = chainBegin
  for (const [i, { id, kind, carrier_id, actor_role, actor_id, at, data }] of rows.entries()) {
    const place = { id: BigInt(id), subject, seq: i + 1 }
    const row = { ...place, kind, carrierId: carrier_id, actorRole: actor_role, actorId: actor_id, at, data }
    const hash = eventHash(previous, row)
    await world.owner.query(
      `INSERT INTO events (id, subject, seq, kind, carrier_id, actor_role, actor_id, at, data, previous, hash)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [id, subject, row.seq, kind, carrier_id, actor_role, actor_id, at, data, previous, hash],
    )
    previous = hash
  }
}

/** A row changed, taken out or put in, and every hash behind it made to fit. */
function rewritten(world: ChainWorld, chance: Chance) {
  const row = chance.pick(world.events)
  const { subject, seq } = row
  if (seq > (world.heads.get(subject) ?? 0)) return null
  const chain = chainOf(world, row)
  const how = chance.pick(['change', 'take out', 'put in'] as const)
  const other = { ...row, data: `{"count":${chance.between(10, 99)}}` }
  const ids = chain.map(({ id }) => id)
  if (how === 'take out') chain.splice(seq - 1, 1)
  else chain.splice(seq - 1, how === 'change' ? 1 : 0, other)
  const last = Number(ids.at(-1))
  return { subject, how, rows: chain.map((one, i) => ({ ...one, id: ids[i] ?? String(last + 100_000 + i) })) }
}

const rewriteChain: Tamper = async (world, chance) => {
  const plan = rewritten(world, chance)
  if (!plan) return null
  await rewrite(world, plan.subject, plan.rows)
  return { how: `rewrite: ${plan.how}`, first: { subject: plan.subject, seq: 0 } }
}

/** And the heads that were kept of the roots as well; `signer`: the roots too, signed by whoever that is. */
async function rewriteRoots(world: ChainWorld, subject: string, signer: EvidenceSigner | null): Promise<void> {
  const { owner } = world
  await owner.query(
    `UPDATE chain_root_heads h SET hash = e.hash FROM events e WHERE e.subject = h.subject AND e.seq = h.seq AND h.subject = $1`,
    [subject],
  )
  await owner.query(
    `DELETE FROM chain_root_heads h WHERE subject = $1 AND NOT EXISTS (SELECT FROM events e WHERE e.subject = h.subject AND e.seq = h.seq)`,
    [subject],
  )
  if (signer === null) return
  for (const root of await forgeRoots(world, (statement): RootFile => signRoot(statement, signer)))
    await owner.query('UPDATE chain_roots SET file = $1 WHERE number = $2', [rootText(root), root.number])
}

const rewriteHeads: Tamper = async (world, chance) => {
  const plan = rewritten(world, chance)
  if (!plan) return null
  await rewrite(world, plan.subject, plan.rows)
  const forger = evidenceSigner(parseKeyring(`forger:${randomBytes(32).toString('base64')}`))
  const by = chance.pick(['nobody', 'a forger', 'ourselves'] as const)
  await rewriteRoots(world, plan.subject, { nobody: null, 'a forger': forger, ourselves: world.signer }[by])
  return { how: `rewrite with roots by ${by}`, ...(by === 'ourselves' ? { needsKept: true } : {}) }
}

const tampers: Tamper[] = [
  editColumn,
  editColumn,
  editPlace,
  takeOut,
  takeOut,
  swap,
  rewriteChain,
  rewriteHeads,
  spoilRoots,
]

/** Spoils something, always the same for the same chance. */
export async function tamper(world: ChainWorld, chance: Chance): Promise<Tampered> {
  for (;;) {
    const done = await chance.pick(tampers)(world, chance)
    if (done) return done
  }
}
