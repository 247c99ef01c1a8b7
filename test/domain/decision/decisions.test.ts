import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { approveDecision } from '@/domain/decision/approve-decision'
import { askOverwrite } from '@/domain/decision/ask-overwrite'
import { decisionHours } from '@/domain/decision/decision-status'
import { expireDecision } from '@/domain/decision/expire-decision'
import { findDecision, listDecisions } from '@/domain/decision/find-decisions'
import { refuseDecision } from '@/domain/decision/refuse-decision'
import { withdrawDecision } from '@/domain/decision/withdraw-decision'
import { freezeSubscriber } from '@/domain/identity/freeze-subscriber'
import { declineRequest } from '@/domain/restore/decline-request'
import { readTimeline } from '@/domain/restore/read-timeline'
import { reader, transaction } from '@/domain/transaction'
import { DecisionWorld, refused } from '@/test/domain/decision/decision-world'
import { hours, later } from '@/test/domain/identity/guard-world'

let world: DecisionWorld
beforeAll(async () => {
  world = await DecisionWorld.begin()
}, 120_000)
afterAll(() => world?.end())
beforeEach(() => {
  world.guard.sent.length = 0
})

const clock = system('test')
const over = decisionHours * hours

describe('a question to a second person', () => {
  it('is asked by one and agreed to by another, and everybody concerned is told of both', async () => {
    const { ada, requestId } = await world.filed()
    const { version } = await world.request(requestId)
    const decisionId = await world.asked(requestId)
    expect(await world.request(requestId)).toMatchObject({ rule: 'merge', version })
    const seen = await findDecision(world.ben, decisionId)
    expect(seen).toMatchObject({ status: 'open', actions: ['approve', 'refuse'], asked: { self: false } })
    expect((await findDecision(world.ann, decisionId)).actions).toEqual(['withdraw'])

    await approveDecision(world.ben, { decisionId, note: 'Spoke to her.' })
    expect(await world.request(requestId)).toMatchObject({ rule: 'overwrite', version: version + 1, status: 'filed' })
    expect(await world.decision(decisionId)).toMatchObject({ status: 'approved', decidedBy: world.ben.staffId })
    expect(await world.events(`request:${requestId}`)).toEqual(['request.filed', 'decision.asked', 'decision.approved'])
    const timeline = await readTimeline(world.ann, requestId)
    expect(timeline.map(({ by }) => by.role)).toEqual(['system', 'support_agent', 'support_lead'])

    await world.guard.deliver(ada.subscriberId)
    const about = (words: string) => world.guard.sent.filter(({ text }) => text.includes(words))
    const { reference } = await world.request(requestId)
    expect(about('asked that recovered records').map(({ to }) => to)).toEqual([ada.email])
    expect(about('Two people of support have decided').map(({ to }) => to)).toEqual([ada.email])
    const texts = world.guard.sent.filter(({ channel, text }) => channel === 'sms' && text.includes(reference))
    expect(texts.map(({ to }) => to)).toEqual([ada.number, ada.number, ada.number])
  }, 60_000)

  it('is never decided by whoever asked: neither by the verb nor by the database', async () => {
    const { requestId } = await world.filed()
    const decisionId = await world.asked(requestId)
    await expect(approveDecision(world.ann, { decisionId })).rejects.toEqual(refused('decision-own'))
    await expect(refuseDecision(world.ann, { decisionId })).rejects.toEqual(refused('decision-own'))
    await expect(withdrawDecision(world.ben, { decisionId })).rejects.toEqual(refused('decision-others'))
    const own = { status: 'approved', decidedBy: world.ann.staffId, decidedAt: new Date() } as const
    const write = transaction('every-carrier', tx => tx.decision.update({ where: { id: decisionId }, data: own }))
    await expect(write).rejects.toThrow(/decisions_take_two/)
    const nobody = { status: 'approved', decidedAt: new Date() } as const
    const forge = transaction('every-carrier', tx => tx.decision.update({ where: { id: decisionId }, data: nobody }))
    await expect(forge).rejects.toThrow(/decisions_decided/)
    expect((await world.request(requestId)).rule).toBe('merge')
  })

  it('needs a fresh proof of whoever asks and agrees, and none of whoever says no', async () => {
    const { requestId } = await world.filed()
    const stale = later(new Date(), -301_000)
    const reason = 'The newer ones are wrong.'
    await expect(askOverwrite({ ...world.ann, provedAt: stale }, { requestId, reason })).rejects.toEqual(
      refused('needs-proof'),
    )
    const decisionId = await world.asked(requestId)
    await expect(approveDecision({ ...world.ben, provedAt: stale }, { decisionId })).rejects.toEqual(
      refused('needs-proof'),
    )
    await refuseDecision({ ...world.ben, provedAt: stale }, { decisionId })
    expect((await world.decision(decisionId)).status).toBe('refused')
    expect((await world.request(requestId)).rule).toBe('merge')
  })

  it('is not there for another carrier, to see or to decide', async () => {
    const { requestId } = await world.filed()
    const decisionId = await world.asked(requestId)
    for (const act of [
      () => findDecision(world.cleo, decisionId),
      () => approveDecision(world.cleo, { decisionId }),
      () => refuseDecision(world.cleo, { decisionId }),
      () => withdrawDecision(world.cleo, { decisionId }),
      () => askOverwrite(world.cleo, { requestId, reason: 'Mine now.' }),
    ])
      await expect(act()).rejects.toEqual(refused('not-found'))
    const { decisions } = await listDecisions(world.cleo)
    expect(decisions).toEqual([])
  })

  it('is one question, however often and by however many it is asked at the same moment', async () => {
    const { requestId } = await world.filed()
    const asked = await Promise.all(Array.from({ length: 8 }, () => world.asked(requestId)))
    expect(new Set(asked).size).toBe(1)
    await expect(world.asked(requestId, world.ben)).rejects.toEqual(refused('decision-open'))
    expect(await reader('every-carrier').decision.count({ where: { requestId } })).toBe(1)
    expect((await world.events(`request:${requestId}`)).filter(kind => kind === 'decision.asked')).toHaveLength(1)
  })

  it('ends once, whoever decides, takes back and lets it run out at the same moment', async () => {
    const cy = await world.guard.staff('support_agent')
    for (let round = 0; round < 5; round++) {
      const { requestId } = await world.filed()
      const decisionId = await world.asked(requestId)
      const results = await Promise.allSettled([
        approveDecision(world.ben, { decisionId }),
        approveDecision(cy, { decisionId }),
        refuseDecision(cy, { decisionId }),
        withdrawDecision(world.ann, { decisionId }),
        expireDecision(clock, { decisionId }, later(new Date(), over + 1_000)),
      ])
      const { status } = await world.decision(decisionId)
      expect(status).not.toBe('open')
      expect((await world.events(`request:${requestId}`)).filter(kind => kind.startsWith('decision.'))).toEqual([
        'decision.asked',
        `decision.${status}`,
      ])
      expect((await world.request(requestId)).rule).toBe(status === 'approved' ? 'overwrite' : 'merge')
      const lost = results.flatMap(one => (one.status === 'rejected' ? [one.reason] : []))
      for (const reason of lost) expect(reason).toEqual(refused('decision-over'))
    }
  }, 60_000)

  it('runs out after 72 hours by its own time, before anybody has written it down, and may be asked again', async () => {
    const { ada, requestId } = await world.filed()
    const begun = new Date()
    const decisionId = await world.asked(requestId, world.ann, begun)
    const end = later(begun, over)
    const fresh = { ...world.ben, provedAt: end }
    expect((await findDecision(world.ben, decisionId, later(end, -1))).status).toBe('open')
    expect(await findDecision(world.ben, decisionId, end)).toMatchObject({ status: 'expired', actions: [] })
    const { decisions } = await listDecisions(world.ben, { over: true }, end)
    expect(decisions.map(({ id }) => id)).toContain(decisionId)
    await expect(approveDecision(fresh, { decisionId }, end)).rejects.toEqual(refused('decision-over'))
    expect(await expireDecision(clock, { decisionId }, later(end, -1))).toEqual(end)
    expect((await world.decision(decisionId)).status).toBe('open')

    const again = await world.asked(requestId, fresh, end)
    expect(again).not.toBe(decisionId)
    expect(await world.decision(decisionId)).toMatchObject({ status: 'expired', decidedBy: null })
    expect(await expireDecision(clock, { decisionId }, end)).toBeNull()
    expect((await world.events(`request:${requestId}`)).slice(1)).toEqual([
      'decision.asked',
      'decision.expired',
      'decision.asked',
    ])
    const messages = await reader('every-carrier').message.findMany({ where: { subscriberId: ada.subscriberId } })
    expect(messages.filter(({ template }) => template === 'overwrite-ended')).toHaveLength(2)
  })

  it('is agreed to just before its end, and the clock comes too late', async () => {
    const { requestId } = await world.filed()
    const begun = new Date()
    const decisionId = await world.asked(requestId, world.ann, begun)
    const last = later(begun, over - 1)
    await approveDecision({ ...world.ben, provedAt: last }, { decisionId }, last)
    expect(await expireDecision(clock, { decisionId }, later(last, 2))).toBeNull()
    expect((await world.decision(decisionId)).status).toBe('approved')
  })

  it('has its clock: a task for the moment it runs out', async () => {
    const { requestId } = await world.filed()
    const decisionId = await world.asked(requestId)
    const { expiresAt } = await world.decision(decisionId)
    const task = await reader('every-carrier').task.findFirstOrThrow({ where: { onceKey: `decision:${decisionId}` } })
    expect(task).toMatchObject({ job: 'expire-decision', payload: { decisionId }, runAt: expiresAt })
  })

  it('is not agreed to once its request was declined, but can be refused', async () => {
    const { requestId } = await world.filed()
    const decisionId = await world.asked(requestId)
    await declineRequest(world.ben, { requestId, reason: 'asked-twice' })
    await expect(approveDecision(world.ben, { decisionId })).rejects.toEqual(refused('decision-moot'))
    expect((await world.decision(decisionId)).status).toBe('open')
    expect((await world.request(requestId)).rule).toBe('merge')
    await expect(world.asked(requestId, world.ben)).rejects.toEqual(refused('decision-open'))
    await refuseDecision(world.ben, { decisionId })
    await expect(world.asked(requestId)).rejects.toEqual(refused('overwrite-not-filed'))
  })

  it('is not asked or agreed to while the subscriber is frozen', async () => {
    const { ada, requestId } = await world.filed()
    const decisionId = await world.asked(requestId)
    await freezeSubscriber(ada.actor, ada)
    await expect(approveDecision(world.ben, { decisionId })).rejects.toEqual(refused('held-frozen'))
    await withdrawDecision(world.ann, { decisionId })
    await expect(world.asked(requestId)).rejects.toEqual(refused('held-frozen'))
  })

  it('is about the request that was shown, and is asked once it is decided no more', async () => {
    const { requestId } = await world.filed()
    const asked = askOverwrite(world.ann, { requestId, version: 7, reason: 'Old page.' })
    await expect(asked).rejects.toEqual(refused('changed-meanwhile'))
    await expect(askOverwrite(world.ann, { requestId, reason: '   ' })).rejects.toMatchObject({ field: 'reason' })
    const decisionId = await world.asked(requestId)
    await approveDecision(world.ben, { decisionId })
    await expect(world.asked(requestId)).rejects.toEqual(refused('overwrite-decided'))
  })

  it('is listed a page at a time, the oldest open first', async () => {
    const ids: string[] = []
    for (let i = 0; i < 3; i++) ids.push(await world.asked((await world.filed()).requestId))
    const seen: string[] = []
    let after: string | undefined
    do {
      const { decisions, next } = await listDecisions(world.ben, { take: 2, ...(after ? { after } : {}) })
      seen.push(...decisions.map(({ id }) => id))
      after = next ?? undefined
    } while (after)
    expect(seen.filter(id => ids.includes(id))).toEqual(ids)
    expect(new Set(seen).size).toBe(seen.length)
  })
})
