import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { consentCrossing } from '@/domain/crossing/consent-crossing'
import { consentMs, crossingWaitMs } from '@/domain/crossing/crossing-status'
import { expireCrossing } from '@/domain/crossing/expire-crossing'
import { findOwnCrossing } from '@/domain/crossing/find-crossings'
import { refuseCrossing } from '@/domain/crossing/refuse-crossing'
import { approveDecision } from '@/domain/decision/approve-decision'
import { askOverwrite } from '@/domain/decision/ask-overwrite'
import { refuseDecision } from '@/domain/decision/refuse-decision'
import { freezeSubscriber } from '@/domain/identity/freeze-subscriber'
import { lockRestores, unlockRestores } from '@/domain/identity/lock-restores'
import { noteFactorChange } from '@/domain/identity/note-factor-change'
import { advanceRun } from '@/domain/restore/advance-run'
import { approveRequest } from '@/domain/restore/approve-request'
import { declineRequest } from '@/domain/restore/decline-request'
import { resumeRequest } from '@/domain/restore/resume-request'
import { addSubscriber } from '@/domain/subscriber/add-subscriber'
import { reader, transaction } from '@/domain/transaction'
import { draftAct } from '@/domain/triage/mass/draft-mass-act'
import { previewMassAct } from '@/domain/triage/mass/preview-mass-act'
import { CrossingWorld, type Pair, proved } from '@/test/domain/crossing/crossing-world'
import { contents, refused } from '@/test/domain/decision/decision-world'
import { later } from '@/test/domain/identity/guard-world'
import { card } from '@/test/domain/restore/records'
import { wording } from '@/test/domain/triage/mass/mass-world'

let world: CrossingWorld
beforeAll(async () => {
  world = await CrossingWorld.begin()
}, 120_000)
afterAll(() => world?.end())

const afterWait = (): Date => later(new Date(), crossingWaitMs + 1_000)

describe('who may ask, agree and say yes', () => {
  it('asks for nobody of another carrier, for nobody twice, for no third one’s and no new account', async () => {
    const pair = await world.pair()
    const other = { carrierSlug: 'boreal', accountId: `X-${pair.bobId}`, email: 'x@people.example' }
    const far = await addSubscriber(system('test'), world.guard.secrets, other)
    const farAccount = (await world.guard.restores.vdir(far.id)).id
    const third = await world.pair()
    const own = (await world.request(pair.requestId)).accountId
    const asking = (toAccountId: string, accountId: string) => world.ask(pair, world.ann, { toAccountId, accountId })
    await expect(asking(other.accountId, farAccount)).rejects.toEqual(refused('no-such-person'))
    await expect(asking(pair.adaId, own)).rejects.toEqual(refused('no-such-person'))
    await expect(asking(pair.bobId.toLowerCase(), pair.accountId)).rejects.toEqual(refused('no-such-person'))
    for (const account of [third.accountId, farAccount, own])
      await expect(asking(pair.bobId, account)).rejects.toEqual(refused('no-such-account'))
    await transaction('every-carrier', tx =>
      tx.deviceAccount.update({ where: { id: third.accountId }, data: { coolingUntil: new Date(0) } }),
    )
    await expect(asking(third.bobId, third.accountId)).rejects.toEqual(refused('no-such-account'))
    await expect(world.ask(pair, world.decisions.cleo)).rejects.toEqual(refused('not-found'))
    await expect(world.ask(pair, proved(pair.ada))).rejects.toEqual(refused('not-allowed'))
    await expect(world.ask(pair, { ...world.ann, provedAt: null })).rejects.toEqual(refused('needs-proof'))
    expect(await reader('every-carrier').crossing.count({ where: { sourceRequestId: pair.requestId } })).toBe(0)
  })

  it('takes what its person filed with their own hand, and nothing that staff or a program filed', async () => {
    const pair = await world.pair()
    const { accountId } = await world.request(pair.requestId)
    const requestId = await world.guard.filed(pair.ada, accountId)
    await expect(world.ask({ ...pair, requestId })).rejects.toEqual(refused('crossing-not-own'))
  })

  it('lets nobody agree to what they asked for, and asks twice only once', async () => {
    const pair = await world.pair()
    const [one, two] = await Promise.all([world.ask(pair), world.ask(pair)])
    expect(one).toEqual(two)
    await expect(world.ask(pair, world.ben)).rejects.toEqual(refused('decision-open'))
    await expect(approveDecision(world.ann, one)).rejects.toEqual(refused('decision-own'))
    await expect(approveDecision(world.decisions.cleo, one)).rejects.toEqual(refused('not-found'))
    await refuseDecision(world.ben, one)
    expect(await world.byDecision(one.decisionId)).toMatchObject({ status: 'ended', requestId: null })
  })

  it('takes a yes from each of the two alone, once, with a proof of theirs, and from nobody in their place', async () => {
    const pair = await world.pair()
    const { decisionId } = await world.ask(pair)
    const { id: crossingId } = await world.byDecision(decisionId)
    await expect(consentCrossing(proved(pair.ada), { crossingId })).rejects.toEqual(refused('not-found'))
    await approveDecision(world.ben, { decisionId })
    const stranger = await world.guard.person()
    await expect(consentCrossing(proved(stranger), { crossingId })).rejects.toEqual(refused('not-found'))
    await expect(findOwnCrossing(proved(stranger), crossingId)).rejects.toEqual(refused('not-found'))
    for (const actor of [world.ann, world.ben, system('test')])
      await expect(consentCrossing(actor, { crossingId })).rejects.toEqual(refused('not-allowed'))
    await expect(consentCrossing(pair.ada.actor, { crossingId })).rejects.toEqual(refused('needs-proof'))
    // Ada says yes, and says it again ten times at once: Bob's is not said by it.
    const again = Array.from({ length: 10 }, () => consentCrossing(proved(pair.ada), { crossingId }))
    await Promise.all(again)
    expect(await world.crossing(crossingId)).toMatchObject({ status: 'open', targetConsentedAt: null, requestId: null })
    await Promise.all([
      consentCrossing(proved(pair.bob), { crossingId }),
      consentCrossing(proved(pair.bob), { crossingId }),
    ])
    const { status, requestId } = await world.crossing(crossingId)
    expect(status).toBe('filed')
    expect(await reader('every-carrier').restoreRequest.count({ where: { filingKey: `crossing:${crossingId}` } })).toBe(
      1,
    )
    await expect(askOverwrite(world.ann, { requestId: requestId!, reason: 'x' })).rejects.toEqual(
      refused('crossing-keeps-both'),
    )
    const filter = { state: ['filed'], carrier: pair.ada.carrierId }
    const asked = { whose: { filter }, what: { act: 'approve' }, askingKey: randomUUID() } as const
    const { massActId } = await draftAct(world.ann, asked)
    const { count } = await previewMassAct(world.ann, { massActId }, wording)
    const filed = { status: 'filed', carrierId: pair.ada.carrierId, crossing: null } as const
    expect(count).toBe(await reader('every-carrier').restoreRequest.count({ where: filed }))
  })

  it('is between those two for good: the table refuses a third, one alone, a shorter wait and a way back', async () => {
    const pair = await world.pair()
    const third = await world.pair()
    const { crossingId, opensAt } = await world.consented(pair)
    const change = (data: object) =>
      transaction('every-carrier', tx => tx.crossing.update({ where: { id: crossingId }, data }))
    const bad = [
      { targetId: third.bob.subscriberId },
      { accountId: third.accountId },
      { targetId: pair.ada.subscriberId },
      { sourceConsentedAt: null },
      { opensAt: later(opensAt, -60_000) },
      { requestId: third.requestId },
    ]
    for (const data of bad) await expect(change(data), JSON.stringify(data)).rejects.toThrow()
    await refuseCrossing(proved(pair.bob), { crossingId })
    await expect(change({ status: 'filed', endedAt: null })).rejects.toThrow()
  })
})

describe('what stops it', () => {
  it('is a no of either, at any time before it is approved, also after their own yes', async () => {
    for (const who of ['ada', 'bob'] as const) {
      const pair = await world.pair()
      const { crossingId, into } = await world.consented(pair)
      await approveRequest(world.ann, { requestId: into })
      await refuseCrossing(pair[who].actor, { crossingId })
      await refuseCrossing(pair[who].actor, { crossingId })
      await expect(approveRequest(world.ben, { requestId: into }, afterWait())).rejects.toEqual(
        refused('crossing-over'),
      )
      await expect(consentCrossing(proved(pair.ada), { crossingId })).rejects.toEqual(refused('crossing-over'))
      for (const person of [pair.ada, pair.bob]) expect((await world.told(person)).at(-1)).toBe('ended')
      await world.declineWhatIsOver()
      // Told that it ended, and not of the request once more.
      expect(await world.declined(into)).toEqual({ reason: 'crossing-over', mails: ['filed'] })
      await expect(declineRequest(world.ann, { requestId: into, reason: 'asked-twice' })).rejects.toEqual(
        refused('cannot-decline'),
      )
      expect(await world.request(pair.requestId)).toMatchObject({ status: 'filed' })
    }
  })

  it('is seven days without both answers', async () => {
    const pair = await world.pair()
    const crossingId = await world.opened(pair)
    await consentCrossing(proved(pair.ada), { crossingId })
    const end = later(new Date(), consentMs + 1_000)
    const late = consentCrossing(proved(pair.bob, end), { crossingId }, end)
    await expect(late).rejects.toEqual(refused('crossing-over'))
    expect(await expireCrossing(system('test'), { crossingId })).toEqual((await world.crossing(crossingId)).expiresAt)
    expect(await expireCrossing(system('test'), { crossingId }, end)).toBeNull()
    expect(await world.crossing(crossingId)).toMatchObject({ status: 'expired', requestId: null })
    expect((await world.told(pair.bob)).at(-1)).toBe('ended')
  })

  it('is a freeze, a lock or a changed factor of either before it is approved: it has ended for good', async () => {
    const holds: ((who: Pair['ada']) => Promise<unknown>)[] = [
      who => freezeSubscriber(proved(who), who),
      who => lockRestores(proved(who), who),
      ({ subscriberId, carrierId }) =>
        transaction('every-carrier', tx =>
          noteFactorChange(tx, system('test'), {
            subscriberId,
            carrierId,
            factor: 'first-passkey',
            changedAt: new Date(),
            previous: null,
          }),
        ),
    ]
    for (const [i, hold] of holds.entries()) {
      const pair = await world.pair()
      const who = i % 2 === 0 ? pair.ada : pair.bob
      const { crossingId, into } = await world.consented(pair)
      await approveRequest(world.ann, { requestId: into })
      await hold(who)
      expect(await world.crossing(crossingId)).toMatchObject({ status: 'ended' })
      await expect(approveRequest(world.ben, { requestId: into }, afterWait())).rejects.toThrow()
      await world.declineWhatIsOver()
      expect(await world.declined(into)).toMatchObject({ reason: 'crossing-over' })
      expect(await contents(pair.folder)).toEqual({})
    }
  })

  it('is a freeze of both at one moment, beside a no: each of them is frozen, and it has ended once', async () => {
    for (let i = 0; i < 2; i++) {
      const pair = await world.pair()
      const { crossingId } = await world.consented(pair)
      const both = [pair.ada, pair.bob]
      const said = await Promise.allSettled([
        ...both.map(one => freezeSubscriber(proved(one), one)),
        refuseCrossing(pair.ada.actor, { crossingId }),
      ])
      expect(said.slice(0, 2)).toEqual([
        { status: 'fulfilled', value: undefined },
        { status: 'fulfilled', value: undefined },
      ])
      for (const one of both) {
        const { subscriberId } = one
        expect(await reader('every-carrier').freeze.count({ where: { subscriberId, endedAt: null } })).toBe(1)
        expect((await world.told(one)).filter(what => what === 'ended')).toHaveLength(1)
      }
    }
  })

  it('is a freeze of either at the moment of the last approval, whichever comes first', async () => {
    for (const who of ['ada', 'bob'] as const) {
      const pair = await world.pair()
      const { crossingId, into } = await world.consented(pair)
      await approveRequest(world.ann, { requestId: into })
      const [approval] = await Promise.allSettled([
        approveRequest(world.ben, { requestId: into }, afterWait()),
        freezeSubscriber(proved(pair[who]), pair[who]),
      ])
      const { status } = await world.request(into)
      if (approval.status === 'fulfilled') expect(status).toBe('held')
      else expect([status, (await world.crossing(crossingId)).status]).toEqual(['filed', 'ended'])
      const run = await reader('every-carrier').run.findFirst({ where: { requestId: into } })
      if (run) await world.guard.restores.run(into)
      expect(await contents(pair.folder)).toEqual({})
    }
  })

  it('is a lock of the one whose records they are in the middle of the run; it goes on when both are free', async () => {
    const many = Array.from({ length: 400 }, (_, n) => card(`m${n}@x`, `Many ${n}`, `TEL:+1206556${1000 + n}`)).join('')
    const pair = await world.pair(many)
    const { into } = await world.approved(pair)
    const run = await reader('every-carrier').run.findFirstOrThrow({ where: { requestId: into } })
    const services = world.guard.restores.open.services
    const live = {
      ...services.live,
      changed: (id: string) => {
        services.live.changed(id)
        const there = path.join(pair.folder, 'contacts')
        if (existsSync(there) && readdirSync(there).length >= 100) cut.abort()
      },
    }
    const cut = new AbortController()
    await advanceRun({ ...services, live }, { runId: run.id, signal: cut.signal })
    await lockRestores(proved(pair.ada), pair.ada)
    expect(await world.request(into)).toMatchObject({ status: 'held', waitReason: 'other-held' })
    const before = await contents(pair.folder)
    expect(Object.keys(before).length).toBeGreaterThanOrEqual(100)
    expect(Object.keys(before).length).toBeLessThan(400)
    await world.guard.restores.run(into)
    expect(await contents(pair.folder)).toEqual(before)
    await expect(resumeRequest(proved(pair.bob), { requestId: into })).rejects.toEqual(refused('held-locked'))
    await unlockRestores(proved(pair.ada), pair.ada)
    await expect(resumeRequest(pair.bob.actor, { requestId: into })).rejects.toEqual(refused('needs-proof'))
    await resumeRequest(proved(pair.bob), { requestId: into })
    await world.guard.restores.run(into)
    expect(await readdir(path.join(pair.folder, 'contacts'))).toHaveLength(400)
    expect((await world.told(pair.ada)).filter(what => what === 'held')).toHaveLength(1)
  })

  it('is a word of support about the request itself, while the two are still asked', async () => {
    for (const decide of ['approve', 'decline'] as const) {
      const pair = await world.pair()
      const crossingId = await world.opened(pair)
      await consentCrossing(proved(pair.ada), { crossingId })
      const { requestId } = pair
      if (decide === 'approve') await approveRequest(world.ann, { requestId })
      else await declineRequest(world.ann, { requestId, reason: 'asked-twice' })
      expect(await world.crossing(crossingId)).toMatchObject({ status: 'ended', requestId: null })
      await expect(consentCrossing(proved(pair.bob), { crossingId })).rejects.toEqual(refused('decision-moot'))
      for (const person of [pair.ada, pair.bob]) expect((await world.told(person)).at(-1)).toBe('ended')
      expect(await findOwnCrossing(proved(pair.bob), crossingId)).toMatchObject({ status: 'ended', actions: [] })
    }
  })

  it('is an account that is not there any more, and a request that support declines', async () => {
    const pair = await world.pair()
    const { crossingId, into } = await world.consented(pair)
    await transaction('every-carrier', tx =>
      tx.deviceAccount.update({ where: { id: pair.accountId }, data: { status: 'removed' } }),
    )
    await expect(approveRequest(world.ann, { requestId: into })).rejects.toEqual(refused('crossing-no-account'))
    await declineRequest(world.ann, { requestId: into, reason: 'other', note: 'The account is gone.' })
    expect(await world.crossing(crossingId)).toMatchObject({ status: 'ended', endReason: 'declined' })
    await world.declineWhatIsOver()
    expect(await world.declined(into)).toMatchObject({ reason: 'other' })
  })
})
