import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { addSubscriber } from '@/domain/subscriber/add-subscriber'
import { Prisma, reader, type Tx, transaction } from '@/domain/transaction'
import type { Facts } from '@/domain/triage/rules/facts'
import { readTickets } from '@/domain/triage/rules/read-tickets'
import { days, minutes } from '@/test/domain/identity/guard-world'
import { everyone, RuleWorld } from '@/test/domain/triage/rules/rule-world'

let world: RuleWorld
beforeAll(async () => {
  world = await RuleWorld.begin()
}, 120_000)
afterAll(() => world?.end())

const now = new Date()
const before = (ms: number): Date => new Date(now.getTime() - ms)

/** The same seed, the same world. */
function chances(seed: number) {
  let state = seed
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
  return { next, maybe: () => next(2) === 0, pick: <T>(from: readonly T[]): T => from[next(from.length)]! }
}
type Chances = ReturnType<typeof chances>

/** Everything that one subscriber's request is like, as it was written down: the oracle goes by this alone. */
interface Plan {
  language: 'en' | 'fr'
  rule: 'keep_both' | 'merge' | 'keep_current'
  filedAgo: number
  earlier: number
  holdings: {
    category: 'contacts' | 'tasks' | 'notes'
    complete: number
    partial: number
    damaged: number
    expected: number | null
    status: 'accepted' | 'released' | 'withheld'
    finding: boolean
    exception: boolean
  }[]
  cooling: boolean
  frozen: boolean
  locked: boolean
  changed: 'sim' | 'first-passkey' | null
  changedAgo: number
  proof: 'passkey' | 'code' | 'sign-in' | null
  /** Minutes before filing. */
  proofAge: number
  bySubscriber: boolean
  /** Days before filing; negative: added after it. Revoked ones do not count. */
  passkeys: { age: number; revoked: boolean }[]
}

function planned({ next, maybe, pick }: Chances): Plan {
  return {
    language: pick(['en', 'fr']),
    rule: pick(['keep_both', 'merge', 'keep_current']),
    filedAgo: next(20 * 24) * 60 * minutes + 5 * minutes,
    earlier: next(3),
    holdings: (['contacts', 'tasks', 'notes'] as const).slice(0, 1 + next(3)).map(category => ({
      category,
      complete: next(9),
      partial: next(3),
      damaged: next(3),
      expected: maybe() ? null : next(20),
      status: pick(['accepted', 'released', 'accepted', 'withheld']),
      finding: next(5) === 0,
      exception: next(5) === 0,
    })),
    cooling: next(4) === 0,
    frozen: next(6) === 0,
    locked: next(6) === 0,
    changed: pick([null, null, 'sim', 'first-passkey']),
    changedAgo: next(20) * days,
    proof: pick([null, 'passkey', 'code', 'sign-in']),
    proofAge: next(20),
    bySubscriber: next(4) !== 0,
    passkeys: Array.from({ length: next(3) }, () => ({ age: next(40) - 5, revoked: next(4) === 0 })),
  }
}

/** Each fact in plain words of TypeScript. */
function oracle(plan: Plan, carrierId: string): Omit<Facts, 'loss'> {
  const sum = (of: (one: Plan['holdings'][number]) => number) => plan.holdings.reduce((all, one) => all + of(one), 0)
  const found = ({ complete, partial, damaged }: Plan['holdings'][number]) => complete + partial + damaged
  const counted = plan.passkeys.filter(one => !one.revoked && one.age >= 0)
  const isRecent = plan.changed !== null && plan.changedAgo < 10 * days
  const isProved = plan.bySubscriber && plan.proof !== null && plan.proofAge <= 10
  return {
    carrier: carrierId,
    kind: 'restore',
    language: plan.language,
    conflicts: plan.rule,
    proof: isProved ? (plan.proof === 'code' ? 'code' : 'passkey') : 'none',
    categories: plan.holdings.map(({ category }) => category).sort(),
    'batch-intact': plan.holdings.every(one => one.status !== 'withheld' && !one.finding && !one.exception),
    'account-known': !plan.cooling,
    'nothing-held': !plan.frozen && !plan.locked && !(isRecent && (plan.changed === 'sim' || plan.cooling)),
    records: sum(found),
    partial: sum(one => one.partial),
    damaged: sum(one => one.damaged),
    missing: plan.holdings.some(one => one.expected === null)
      ? null
      : sum(one => Math.max(0, one.expected! - found(one))),
    'waiting-days': Math.floor(plan.filedAgo / days),
    'earlier-requests': plan.earlier,
    'passkey-days': counted.length === 0 ? null : Math.max(...counted.map(one => one.age)),
  }
}

async function build(plan: Plan): Promise<{ requestId: string; carrierId: string }> {
  const name = randomUUID()
  const given = { carrierSlug: 'harbor', accountId: name, email: `${name}@people.example`, language: plan.language }
  const { id: subscriberId, carrierId } = await addSubscriber(
    system('test'),
    world.base.guard.secrets,
    given as Parameters<typeof addSubscriber>[2],
  )
  const own = { carrierId, subscriberId }
  const filedAt = before(plan.filedAgo)
  return transaction(everyone, async tx => {
    const data = { language: plan.language, lockedAt: plan.locked ? filedAt : null }
    await tx.subscriber.update({ where: { id: subscriberId }, data })
    const { id: accountId } = await tx.deviceAccount.create({
      data: {
        ...own,
        kind: 'vdir',
        label: 'Phone',
        url: name,
        host: 'vdir',
        coolingUntil: plan.cooling ? filedAt : null,
      },
    })
    if (plan.frozen) await tx.freeze.create({ data: { ...own, source: 'own', openedAt: filedAt } })
    // What was ended does not count.
    const over = { askedBy: 'a', askedAt: filedAt, endedBy: 'b', endedAt: filedAt }
    await tx.freeze.create({ data: { ...own, source: 'own', openedAt: filedAt, ...over } })
    if (plan.changed !== null)
      await tx.factorChange.create({ data: { ...own, kind: plan.changed, changedAt: before(plan.changedAgo) } })
    for (const { age, revoked } of plan.passkeys) await passkey(tx, own, age, revoked, filedAt)
    if (plan.proof !== null) await prove(tx, own, plan.proof, new Date(filedAt.getTime() - plan.proofAge * minutes))
    const holdingIds = await hold(tx, own, plan)
    const filed = { ...own, accountId, rule: plan.rule }
    for (let at = 1; at <= plan.earlier; at++) {
      const reference = randomUUID()
      const earlier = { ...filed, reference, filingKey: reference, filedAt: new Date(filedAt.getTime() - at * 1_000) }
      await tx.restoreRequest.create({ data: { ...earlier, status: 'declined', declineReason: 'other' } })
    }
    const items = plan.holdings.map(({ category }, at) => ({ carrierId, category, holdingId: holdingIds[at]! }))
    const { id: requestId } = await tx.restoreRequest.create({
      data: { ...filed, reference: name, filingKey: name, filedAt, items: { create: items } },
    })
    await tx.ticket.create({ data: { ...own, requestId, reference: name, waitsSince: filedAt, openedAt: filedAt } })
    const by = plan.bySubscriber
      ? ({ role: 'subscriber', ...own, provedAt: null } as const)
      : system('staff for a subscriber')
    await recordEvent(tx, by, { subject: `request:${requestId}`, kind: 'request.filed', carrierId, data: {} }, filedAt)
    return { requestId, carrierId }
  })
}

type Own = { carrierId: string; subscriberId: string }

async function passkey(tx: Tx, own: Own, age: number, revoked: boolean, filedAt: Date): Promise<void> {
  const createdAt = new Date(filedAt.getTime() - age * days - minutes * Math.sign(age + 0.5))
  const key = { publicKey: Buffer.alloc(1), counter: 0n, deviceType: 'singleDevice', backedUp: false } as const
  const made = { ...own, ...key, transports: [], credentialId: randomUUID(), name: 'Key', createdAt }
  await tx.passkey.create({ data: { ...made, revokedAt: revoked ? now : null } })
}

async function prove(tx: Tx, { carrierId, subscriberId }: Own, proof: string, at: Date): Promise<void> {
  const subject = `subscriber:${subscriberId}` as const
  const actor = system('test')
  // An address alone proves nothing, though it came later.
  const kind = proof === 'code' ? 'code.taken' : proof === 'passkey' ? 'session.proved' : 'session.opened'
  await recordEvent(tx, actor, { subject, kind, carrierId, data: { method: proof === 'code' ? 'sms' : 'passkey' } }, at)
  await recordEvent(tx, actor, { subject, kind: 'session.opened', carrierId, data: { method: 'mail' } }, at)
}

async function hold(tx: Tx, own: Own, plan: Plan): Promise<string[]> {
  const ids: string[] = []
  for (const { category, complete, partial, damaged, expected, status, finding, exception } of plan.holdings) {
    const batch = await tx.recoveryBatch.create({
      data: { name: randomUUID(), carrierId: own.carrierId, status, findings: finding ? [{ code: 'x' }] : [] },
    })
    if (exception)
      await tx.batchException.create({
        data: { batchId: batch.id, path: 'data/stranger', reason: 'unknown-subscriber' },
      })
    const counts = { complete, partial, damaged, expected }
    const holding = await tx.holding.create({ data: { ...own, ...counts, batchId: batch.id, category, asOf: now } })
    ids.push(holding.id)
  }
  return ids
}

describe('what rules know of a ticket', () => {
  it('is what was written down, of 100 requests that are all different, in one statement', async () => {
    const some = chances(20_091_015)
    const plans: { plan: Plan; requestId: string; carrierId: string }[] = []
    for (let at = 0; at < 100; at++) {
      const plan = planned(some)
      plans.push({ plan, ...(await build(plan)) })
    }
    const ids = plans.map(({ requestId }) => requestId)
    const read = await readTickets(reader(everyone), Prisma.sql`t.request_id = ANY (${ids}::uuid[])`, now)
    expect(read).toHaveLength(plans.length)
    const found = new Map(read.map(ticket => [ticket.requestId, ticket]))
    for (const { plan, requestId, carrierId } of plans) {
      const { loss, ...facts } = found.get(requestId)!.facts
      expect({ plan, facts: { ...facts, categories: facts.categories?.sort() } }).toEqual({
        plan,
        facts: oracle(plan, carrierId),
      })
      expect(['unknown', 'nothing', 'partly', 'significant']).toContain(loss)
    }
    // The world has both of what matters.
    for (const fact of ['batch-intact', 'account-known', 'nothing-held'] as const)
      expect(new Set(read.map(({ facts }) => facts[fact])).size).toBe(2)
    expect(new Set(read.map(({ facts }) => facts.proof)).size).toBe(3)
  }, 120_000)

  it('is nothing of a request, of a ticket of another kind', async () => {
    const { subscriberId, carrierId } = (await world.base.filed()).ada
    const data = {
      subscriberId,
      carrierId,
      kind: 'compensation',
      subject: 'My photos',
      reference: randomUUID(),
    } as const
    const { id } = await transaction(everyone, tx => tx.ticket.create({ data: { ...data, waitsSince: now } }))
    const [ticket] = await readTickets(reader(everyone), Prisma.sql`t.id = ${id}::uuid`, now)
    expect(ticket).toMatchObject({ requestId: null, taken: false, touched: false })
    expect(ticket!.facts).toMatchObject({
      ...{ kind: 'compensation', language: 'en', 'nothing-held': true },
      ...{ conflicts: null, proof: null, categories: null, 'batch-intact': null, 'account-known': null },
      ...{ records: null, missing: null, 'earlier-requests': null, 'passkey-days': null },
    })
  })
})
