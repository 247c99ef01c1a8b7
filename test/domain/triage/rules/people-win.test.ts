import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { askOverwrite } from '@/domain/decision/ask-overwrite'
import { withdrawDecision } from '@/domain/decision/withdraw-decision'
import { Refusal } from '@/domain/errors'
import { approveRequest } from '@/domain/restore/approve-request'
import { declineRequest } from '@/domain/restore/decline-request'
import { findRequest } from '@/domain/restore/find-requests'
import { readTimeline } from '@/domain/restore/read-timeline'
import { transaction } from '@/domain/transaction'
import { leaveTicket } from '@/domain/triage/leave-ticket'
import { advanceRule } from '@/domain/triage/rules/advance-rule'
import { applyRules } from '@/domain/triage/rules/apply-rules'
import { tryRule } from '@/domain/triage/rules/try-rule'
import { rewriteRule } from '@/domain/triage/rules/write-rule'
import { takeTicket } from '@/domain/triage/take-ticket'
import type { Filed } from '@/test/domain/decision/decision-world'
import { approving, everyone, never, oneRecord, RuleWorld, worker } from '@/test/domain/triage/rules/rule-world'

let world: RuleWorld
let base: Filed
beforeAll(async () => {
  world = await RuleWorld.begin()
  base = await world.base.filed()
}, 120_000)
afterAll(() => world?.end())
beforeEach(() => world.clear())

const change = (requestId: string, data: object) =>
  transaction(everyone, tx => tx.ticket.update({ where: { requestId }, data }))

/** What people do to a request that waits. Whether its end decides it, so that the rule has nothing left to decide. */
const human = {
  approve: (requestId: string) => approveRequest(world.base.ann, { requestId }),
  decline: (requestId: string) => declineRequest(world.base.ann, { requestId, reason: 'not-verified' }),
  take: (requestId: string) => takeTicket(world.base.ann, { requestId }),
  async 'take and leave'(requestId: string) {
    await takeTicket(world.base.ann, { requestId })
    await leaveTicket(world.base.ann, { requestId })
  },
  async 'ask and take back'(requestId: string) {
    const { decisionId } = await askOverwrite(world.base.ann, { requestId, reason: 'They asked for it.' })
    await withdrawDecision(world.base.ann, { decisionId })
  },
}
const others = {
  tag: (requestId: string) => change(requestId, { tags: ['mine'] }),
  raise: (requestId: string) => change(requestId, { priority: 'high' }),
  change: (requestId: string) => change(requestId, { version: { increment: 1 } }),
  async note(requestId: string) {
    const { id: ticketId, carrierId, subscriberId } = await world.ticket(requestId)
    const said = {
      kind: 'note',
      text: 'Wait for their call.',
      language: 'en',
      writtenBy: world.base.ann.staffId,
    } as const
    await transaction(everyone, tx => tx.ticketEntry.create({ data: { ticketId, carrierId, subscriberId, ...said } }))
  },
  async 'hear from the subscriber'(requestId: string) {
    const { id: ticketId, carrierId, subscriberId } = await world.ticket(requestId)
    const said = { kind: 'from_subscriber', text: 'Stop, that was not me.', language: 'en' } as const
    await transaction(everyone, tx => tx.ticketEntry.create({ data: { ticketId, carrierId, subscriberId, ...said } }))
  },
}
type Act = keyof typeof human

/** Both orders for certain: the person long after the rule, and long before it. */
const farApart: [Act, keyof typeof ways, number][] = [1_000, -1_000].flatMap<[Act, keyof typeof ways, number]>(lead => [
  ['approve', 'filed', lead],
  ['decline', 'backlog', lead],
  ['take', 'filed', lead],
  ['take and leave', 'backlog', lead],
])

/** Both ways in which a rule comes to act. */
const ways = {
  filed: (requestId: string) => applyRules(worker, { requestId }),
  async backlog(_requestId: string, ruleRunId: string) {
    await advanceRule(worker, { ruleRunId }, never)
  },
}

const succeeded = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    error => {
      if (error instanceof Refusal) return false
      throw error
    },
  )

/** A request that waits, and an active rule that would approve it; its run through what waits has not begun. */
async function waiting(action: object = approving): Promise<{ requestId: string; ruleId: string; ruleRunId: string }> {
  const ruleId = await world.draft({ action })
  const [requestId] = await world.file(1, base)
  await world.tried(ruleId)
  return { requestId: requestId!, ruleId, ruleRunId: await world.activated(ruleId) }
}

describe('what a person has done', () => {
  it.each(Object.keys({ ...human, ...others }))('is never followed by a rule: %s', async name => {
    const act = { ...human, ...others }[name as Act]
    for (const action of [approving, { act: 'tag', tag: 'plain' }, { act: 'hold', reason: 'look-closer', hours: 1 }]) {
      const { requestId, ruleRunId } = await waiting(action)
      await act(requestId)
      const before = [await world.ticket(requestId), await world.request(requestId), await world.decided(requestId)]
      await ways.filed(requestId)
      await ways.backlog(requestId, ruleRunId)
      expect([await world.ticket(requestId), await world.request(requestId), await world.decided(requestId)]).toEqual(
        before,
      )
      expect(await world.acts(requestId)).toEqual([])
      await world.clear()
    }
  })
})

describe('a person and a rule at the same moment', () => {
  it('come to exactly one decision, and where the person was first the rule does nothing', async () => {
    const ends = { person: 0, rule: 0 }
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Act>('approve', 'decline', 'take', 'take and leave', 'ask and take back'),
        fc.constantFrom<keyof typeof ways>('filed', 'backlog'),
        fc.integer({ min: -25, max: 150 }),
        async (act, way, lead) => {
          const { requestId, ruleId, ruleRunId } = await waiting()
          const [person] = await Promise.all([
            sleep(Math.max(0, lead)).then(() => succeeded(human[act](requestId))),
            sleep(Math.max(0, -lead)).then<unknown>(() => ways[way](requestId, ruleRunId)),
          ])
          const [acts, decided, request] = [
            await world.acts(requestId),
            await world.decided(requestId),
            await world.request(requestId),
          ]
          ends[person ? 'person' : 'rule'] += 1
          // Never both, and never neither.
          expect(acts).toHaveLength(person ? 0 : 1)
          if (!person) {
            const rule = { kind: 'request.approved', actorRole: 'system', actorId: 'rule', ruleId, ruleVersion: 1 }
            expect(decided).toEqual([rule])
            expect(request).toMatchObject({ status: 'approved', decidedBy: 'rule', version: 2 })
          } else if (act === 'approve' || act === 'decline') {
            const { staffId: actorId, role: actorRole } = world.base.ann
            expect(decided).toEqual([{ kind: `request.${request.status}`, actorRole, actorId }])
            expect(request).toMatchObject({ status: act === 'approve' ? 'approved' : 'declined', decidedBy: actorId })
          } else {
            expect(decided).toEqual([])
            expect(request).toMatchObject({ status: 'filed', decidedBy: null })
            // Nor later.
            await ways.filed(requestId)
            expect(await world.acts(requestId)).toEqual([])
          }
          await world.clear()
        },
      ),
      { numRuns: 40, examples: farApart },
    )
    // Both orders were met, or nothing was shown.
    expect(ends.person).toBeGreaterThan(3)
    expect(ends.rule).toBeGreaterThan(3)
  }, 300_000)

  it('is seen by the rule though it has read the ticket before', async () => {
    const { requestId } = await waiting()
    let release: () => void = () => undefined
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    // A colleague's take that is not committed yet: the rule has found the ticket free, and waits for its lock.
    const take = transaction(everyone, async tx => {
      const takenUntil = new Date(Date.now() + 900_000)
      await tx.ticket.update({ where: { requestId }, data: { takenBy: world.base.ann.staffId, takenUntil } })
      await held
    })
    await sleep(50)
    const rule = ways.filed(requestId)
    await sleep(200)
    release()
    await take
    expect(await rule).toBe('taken')
    expect((await world.request(requestId)).status).toBe('filed')
  })
})

describe('what a rule has done', () => {
  it('is told by its name and version, to staff; to the subscriber that no person did it', async () => {
    const { requestId, ruleId } = await waiting()
    await ways.filed(requestId)
    await rewriteRule(world.lead, {
      name: 'Else',
      position: 1,
      conditions: oneRecord,
      action: approving,
      ruleId,
      edition: 0,
    })
    await tryRule(world.lead, { ruleId, edition: 1 })
    const last = (await readTimeline(world.base.ann, requestId)).at(-1)
    expect(last).toMatchObject({
      kind: 'request.approved',
      by: { role: 'system' },
      rule: { name: 'Plain ones', version: 1 },
    })
    const { subscriberId, carrierId } = base.ada
    const own = { role: 'subscriber', subscriberId, carrierId, provedAt: null } as const
    expect((await readTimeline(own, requestId)).at(-1)).toMatchObject({ rule: { name: null, version: 1 } })
    expect(await findRequest(own, requestId)).toMatchObject({ byRule: true })
    expect(await findRequest(own, base.requestId)).toMatchObject({ byRule: false })
  })
})
