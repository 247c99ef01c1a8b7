import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { releaseContent } from '@/domain/content-right'
import { changeAddress } from '@/domain/identity/change-address'
import { holdsOn } from '@/domain/identity/holds'
import { lockRestores, unlockRestores } from '@/domain/identity/lock-restores'
import { addAccount } from '@/domain/restore/add-account'
import { resumeRequest } from '@/domain/restore/resume-request'
import { undoRequest } from '@/domain/restore/undo-request'
import { reader, transaction } from '@/domain/transaction'
import { days, GuardWorld, hours, later, minutes, type Person } from '@/test/domain/identity/guard-world'

let world: GuardWorld
beforeAll(async () => {
  world = await GuardWorld.begin()
}, 120_000)
afterAll(() => world?.end())
beforeEach(() => {
  world.sim = { kind: 'unchanged' }
  world.sent.length = 0
})

const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code })
const holds = async ({ subscriberId }: Person, now?: Date) =>
  (await holdsOn(reader('every-carrier'), subscriberId, now)).map(({ kind }) => kind)
const sentTo = () => world.sent.map(({ channel, to }) => `${channel} ${to}`).sort()
const requestOf = (id: string) => reader('every-carrier').restoreRequest.findUniqueOrThrow({ where: { id } })

describe('a SIM that is not the one it was', () => {
  it('sends no code, holds everything for ten days from its day, and every address is told', async () => {
    const ada = await world.person()
    await world.recovered(ada)
    const { id: accountId } = await world.restores.vdir(ada.subscriberId)
    const before = await world.filed(ada, accountId)
    const now = new Date()
    world.sim = { kind: 'changed', at: later(now, -3 * days) }
    await expect(world.send(ada, now)).rejects.toEqual(refused('sim-changed'))
    expect(await reader('every-carrier').identityCode.count({ where: { subscriberId: ada.subscriberId } })).toBe(0)
    expect(await holds(ada)).toEqual(['changed'])
    await expect(world.filed(ada, accountId)).rejects.toEqual(refused('held-changed'))
    await expect(world.approve(before)).rejects.toEqual(refused('held-changed'))
    await world.deliver(ada.subscriberId)
    expect(sentTo()).toEqual(expect.arrayContaining([`mail ${ada.email}`, `sms ${ada.number}`]))

    // The same answer again makes it no longer.
    await expect(world.send(ada, later(now, minutes))).rejects.toEqual(refused('sim-changed'))
    expect(await reader('every-carrier').factorChange.count({ where: { subscriberId: ada.subscriberId } })).toBe(1)
    expect(await holds(ada, later(now, 7 * days - minutes))).toEqual(['changed'])
    expect(await holds(ada, later(now, 7 * days + minutes))).toEqual([])
    await world.approve(before, system('test'), later(now, 7 * days + minutes))
  }, 60_000)

  it.each([
    ['no day', null],
    ['a day to come', 5 * days],
    ['a day too long ago for what was asked', -40 * days],
  ])('counts once from now, where the operator names %s', async (_name, ms) => {
    const ada = await world.person()
    const now = new Date()
    world.sim = { kind: 'changed', at: ms === null ? null : later(now, ms) }
    for (const at of [now, later(now, days), later(now, 2 * days)])
      await expect(world.send(ada, at)).rejects.toEqual(refused('sim-changed'))
    const rows = await reader('every-carrier').factorChange.findMany({ where: { subscriberId: ada.subscriberId } })
    expect(rows.map(({ changedAt }) => changedAt)).toEqual([now])
  })

  it('nobody can tell of holds the code, and changes nothing else', async () => {
    const ada = await world.person()
    world.sim = { kind: 'unknown', reason: 'timed-out' }
    await expect(world.send(ada)).rejects.toEqual(refused('sim-unknown'))
    expect(await reader('every-carrier').identityCode.count({ where: { subscriberId: ada.subscriberId } })).toBe(0)
    expect(await holds(ada)).toEqual([])
    const withheld = { subject: `subscriber:${ada.subscriberId}`, kind: 'code.withheld' }
    const [event] = await reader('every-carrier').event.findMany({ where: withheld })
    expect(JSON.parse(event!.data)).toMatchObject({ reason: 'timed-out' })
    expect(event!.data).not.toContain(ada.number)
  })
})

describe('a new mail address', () => {
  it('holds for ten days, ends the sessions, and the old one goes on being told', async () => {
    const ada = await world.person()
    const now = new Date()
    const email = `new-${ada.email}`
    await changeAddress(system('test'), { subscriberId: ada.subscriberId, email }, now)
    await world.deliver(ada.subscriberId)
    expect(sentTo()).toEqual([`mail ${ada.email}`, `mail ${email}`, `sms ${ada.number}`].sort())
    expect(await holds(ada, later(now, 10 * days - minutes))).toEqual(['changed'])
    expect(await holds(ada, later(now, 10 * days + minutes))).toEqual([])
    expect(await reader('every-carrier').signInSession.count({ where: { subscriberId: ada.subscriberId } })).toBe(0)
    // A code from the number on file is no way round it.
    const proved = { ...ada.actor, provedAt: new Date() }
    await expect(releaseContent(proved, 'given')).rejects.toEqual(refused('held-changed'))
    await expect(releaseContent(ada.actor, 'given')).rejects.toMatchObject({ kind: 'needs-proof' })
    world.sent.length = 0
    await lockRestores(ada.actor, ada)
    await world.deliver(ada.subscriberId)
    expect(sentTo()).toEqual([`mail ${ada.email}`, `mail ${email}`, `sms ${ada.number}`].sort())
    // The same address once more changes nothing.
    await changeAddress(system('test'), { subscriberId: ada.subscriberId, email })
    expect(await reader('every-carrier').factorChange.count({ where: { subscriberId: ada.subscriberId } })).toBe(1)
  })
})

describe('what was to be told before a new mail address', () => {
  it('goes to who was on file then, and to nobody else', async () => {
    const ada = await world.person()
    await lockRestores(ada.actor, ada)
    const email = `new-${ada.email}`
    await changeAddress(system('test'), { subscriberId: ada.subscriberId, email })
    await world.deliver(ada.subscriberId)
    const about = (to: string) =>
      reader('every-carrier').message.count({
        where: {
          subscriberId: ada.subscriberId,
          channel: 'mail',
          sentAt: { not: null },
          changeId: to === 'before' ? { not: null } : null,
        },
      })
    // The lock and the change to the old one; the change alone to the new one.
    expect(sentTo().filter(one => one === `mail ${ada.email}`)).toHaveLength(2)
    expect(sentTo().filter(one => one === `mail ${email}`)).toHaveLength(1)
    expect([await about('before'), await about('after')]).toEqual([2, 1])
  })

  it('is changed by nobody whose proof is old', async () => {
    const ada = await world.person()
    const stale = { provedAt: later(new Date(), -6 * minutes), staffId: randomUUID(), carrierId: null }
    const change = { subscriberId: ada.subscriberId, email: `new-${ada.email}` }
    const changed = changeAddress({ role: 'administrator', ...stale }, change)
    await expect(changed).rejects.toMatchObject({ kind: 'needs-proof' })
  })
})

describe('locked restores', () => {
  it('stop what is under way without a proof, and open again only with one', async () => {
    const ada = await world.person()
    await world.recovered(ada)
    const { id: accountId } = await world.restores.vdir(ada.subscriberId)
    const requestId = await world.filed(ada, accountId)
    await world.approve(requestId)
    await lockRestores(ada.actor, ada)
    await lockRestores(ada.actor, ada)
    expect(await requestOf(requestId)).toMatchObject({ status: 'held', waitReason: 'locked' })
    expect(await world.restores.run(requestId)).toBe(1)
    await expect(world.filed(ada, accountId)).rejects.toEqual(refused('held-locked'))
    await expect(resumeRequest(system('test'), { requestId })).rejects.toEqual(refused('held-locked'))
    await expect(unlockRestores(ada.actor, ada)).rejects.toMatchObject({ kind: 'needs-proof' })

    await world.send(ada)
    await world.take(ada, await world.code(ada))
    const proved = await world.proved(ada)
    await unlockRestores(proved, ada)
    // Somebody who only holds the mailbox does not set it going again.
    await expect(resumeRequest(ada.actor, { requestId })).rejects.toMatchObject({ kind: 'needs-proof' })
    await resumeRequest(proved, { requestId })
    await world.restores.run(requestId)
    expect(await requestOf(requestId)).toMatchObject({ status: 'done' })
    await undoRequest(proved, { requestId })
    // It was held before it had begun: that it goes on is told, that it begins, and that it is undone.
    for (const template of ['goes-on', 'started', 'finished', 'undo-asked']) {
      const sent = await reader('every-carrier').message.findMany({
        where: { subscriberId: ada.subscriberId, template },
        orderBy: { channel: 'asc' },
      })
      expect([template, ...sent.map(({ channel }) => channel)]).toEqual([template, 'mail', 'sms'])
    }
    world.sent.length = 0
    await world.deliver(ada.subscriberId)
    const { reference } = await requestOf(requestId)
    const texts = world.sent.flatMap(({ channel, text }) => (channel === 'sms' ? [text] : []))
    for (const words of [`${reference}, which we had stopped, goes on`, `${reference} is being undone`])
      expect(texts.filter(text => text.includes(words))).toHaveLength(1)
    const kinds = await reader('every-carrier').event.findMany({
      where: { subject: `subscriber:${ada.subscriberId}`, kind: { in: ['subscriber.locked', 'subscriber.unlocked'] } },
      orderBy: { seq: 'asc' },
    })
    expect(kinds.map(({ kind }) => kind)).toEqual(['subscriber.locked', 'subscriber.unlocked'])
  }, 60_000)
})

describe('a device account that was not known before the incident', () => {
  /** Added by the subscriber; the place itself answers as any does. */
  async function newAccount(ada: Person): Promise<string> {
    const { id } = await world.restores.vdir(ada.subscriberId)
    await transaction('every-carrier', tx =>
      tx.deviceAccount.update({ where: { id }, data: { coolingUntil: later(new Date(), 72 * hours) } }),
    )
    return id
  }

  it('is marked so where its subscriber adds it, needs a proof, and every address is told', async () => {
    const ada = await world.person()
    const open = world.restores.open.services
    const folder = await world.restores.vdir(ada.subscriberId)
    const known = await reader('every-carrier').deviceAccount.findUniqueOrThrow({ where: { id: folder.id } })
    expect(known.coolingUntil).toBeNull()
    const { openVdirAccount } = await import('@/gateways/device-account/vdir')
    const outside = { ...open, openAccount: async () => openVdirAccount({ path: folder.folder }) }
    const input = { kind: 'dav', subscriberId: ada.subscriberId, url: 'https://dav.device.example/' } as const
    await expect(addAccount(ada.actor, outside, input)).rejects.toMatchObject({ kind: 'needs-proof' })
    await world.send(ada)
    await world.take(ada, await world.code(ada))
    const { id } = await addAccount(await world.proved(ada), outside, input)
    const added = await reader('every-carrier').deviceAccount.findUniqueOrThrow({ where: { id } })
    const wait = added.coolingUntil!.getTime() - Date.now()
    expect(wait).toBeGreaterThan(72 * hours - minutes)
    expect(wait).toBeLessThanOrEqual(72 * hours)
    await world.deliver(ada.subscriberId)
    expect(sentTo().filter(one => one.startsWith('sms'))).toContain(`sms ${ada.number}`)
    expect(world.sent.some(({ channel, text }) => channel === 'mail' && text.includes('/this-was-not-me?token='))).toBe(
      true,
    )
  })

  it('is sent nothing before 72 hours are over and two different people have approved', async () => {
    const ada = await world.person()
    await world.recovered(ada)
    const accountId = await newAccount(ada)
    const requestId = await world.filed(ada, accountId)
    const [ann, ben] = [await world.staff(), await world.staff('support_lead')]
    expect(await world.approve(requestId, ann)).toEqual({ runId: null })
    await expect(world.approve(requestId, ann)).rejects.toEqual(refused('takes-another'))
    await expect(world.approve(requestId, ben)).rejects.toEqual(refused('account-cooling'))
    expect(await requestOf(requestId)).toMatchObject({ status: 'filed' })
    const after = later(new Date(), 73 * hours)
    await expect(world.approve(requestId, ann, after)).rejects.toEqual(refused('takes-another'))
    const { runId } = await world.approve(requestId, ben, after)
    expect(runId).not.toBeNull()
    await expect(world.approve(requestId, await world.staff(), after)).rejects.toMatchObject({ kind: 'wrong-state' })
  }, 60_000)

  it('takes the approvals of the same moment one after the other, and makes one run of them', async () => {
    const ada = await world.person()
    await world.recovered(ada)
    const requestId = await world.filed(ada, await newAccount(ada))
    const after = later(new Date(), 73 * hours)
    const staff = await Promise.all(Array.from({ length: 6 }, () => world.staff()))
    const answers = await Promise.allSettled(staff.map(one => world.approve(requestId, one, after)))
    const runs = answers.flatMap(one => (one.status === 'fulfilled' ? [one.value.runId] : []))
    expect(runs.filter(id => id === null)).toHaveLength(1)
    expect(runs.filter(id => id !== null)).toHaveLength(1)
    expect(await reader('every-carrier').run.count({ where: { requestId } })).toBe(1)
    expect(await reader('every-carrier').requestApproval.count({ where: { requestId } })).toBe(2)
  }, 60_000)
})
