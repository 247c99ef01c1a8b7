import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { addPasskey } from '@/domain/identity/add-passkey'
import { beginPasskey } from '@/domain/identity/begin-passkey'
import { endFreeze } from '@/domain/identity/end-freeze'
import { freezeByLink, freezeSubscriber } from '@/domain/identity/freeze-subscriber'
import { freezeToken, readFreezeToken } from '@/domain/identity/freeze-token'
import { listFreezes } from '@/domain/identity/list-freezes'
import { revokePasskey } from '@/domain/identity/revoke-passkey'
import { advanceRun } from '@/domain/restore/advance-run'
import { resumeRequest } from '@/domain/restore/resume-request'
import { undoRequest } from '@/domain/restore/undo-request'
import { reader } from '@/domain/transaction'
import { GuardWorld, later, minutes, type Person } from '@/test/domain/identity/guard-world'
import { Device, passkeysAt } from '@/test/support/software-device'

let world: GuardWorld
beforeAll(async () => {
  world = await GuardWorld.begin()
}, 120_000)
afterAll(() => world?.end())
beforeEach(() => {
  world.sent.length = 0
})

const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code })
const token = ({ subscriberId }: Person) => freezeToken(world.secrets, subscriberId)
const requestOf = (id: string) => reader('every-carrier').restoreRequest.findUniqueOrThrow({ where: { id } })

async function withRequest(): Promise<{ ada: Person; requestId: string; runId: string; accountId: string }> {
  const ada = await world.person()
  await world.recovered(ada)
  const { id: accountId } = await world.restores.vdir(ada.subscriberId)
  const requestId = await world.filed(ada, accountId)
  const { runId } = await world.approve(requestId)
  return { ada, requestId, runId: runId!, accountId }
}

describe('"this was not me"', () => {
  it('stands in every message of every step, and freezes everything in one press', async () => {
    const { ada, requestId, runId, accountId } = await withRequest()
    await world.send(ada)
    const code = await world.code(ada)
    await world.deliver(ada.subscriberId)
    const told = world.sent.filter(({ text }) => !text.includes(`${code.slice(0, 4)} ${code.slice(4)}`))
    expect(told.map(({ channel }) => channel).sort()).toEqual(['mail', 'mail', 'mail', 'sms', 'sms'])
    for (const { text } of told) expect(text).toContain(`/this-was-not-me?token=${token(ada)}`)

    await freezeByLink(world.secrets, token(ada))
    expect(await requestOf(requestId)).toMatchObject({ status: 'held', waitReason: 'frozen' })
    const { signal } = new AbortController()
    expect(await advanceRun(world.restores.open.services, { runId, signal })).toEqual({ kind: 'ended' })
    expect(await reader('every-carrier').signInSession.count({ where: { subscriberId: ada.subscriberId } })).toBe(0)
    await expect(world.take(ada, code)).rejects.toEqual(refused('code-wrong'))
    await expect(world.send(ada)).rejects.toEqual(refused('held-frozen'))
    await expect(world.filed(ada, accountId)).rejects.toEqual(refused('held-frozen'))
    await expect(resumeRequest(system('test'), { requestId })).rejects.toEqual(refused('held-frozen'))
    await expect(undoRequest(system('test'), { requestId })).rejects.toEqual(refused('held-frozen'))
    world.sent.length = 0
    await world.deliver(ada.subscriberId)
    const to = world.sent.map(one => `${one.channel} ${one.to}`)
    expect(to).toEqual(expect.arrayContaining([`mail ${ada.email}`, `sms ${ada.number}`]))
  }, 60_000)

  it('is one ticket, however often and from wherever it is pressed', async () => {
    const ada = await world.person()
    await Promise.all([
      ...Array.from({ length: 10 }, () => freezeByLink(world.secrets, token(ada))),
      ...Array.from({ length: 10 }, () => freezeSubscriber(ada.actor, ada)),
    ])
    expect(await reader('every-carrier').freeze.count({ where: { subscriberId: ada.subscriberId } })).toBe(1)
    const frozen = { subject: `subscriber:${ada.subscriberId}`, kind: 'subscriber.frozen' }
    expect(await reader('every-carrier').event.count({ where: frozen })).toBe(1)
  }, 60_000)

  it('leaves no request approved that was approved at the same moment', async () => {
    for (let i = 0; i < 5; i++) {
      const ada = await world.person()
      await world.recovered(ada)
      const { id: accountId } = await world.restores.vdir(ada.subscriberId)
      const requestId = await world.filed(ada, accountId)
      await Promise.allSettled([world.approve(requestId), freezeByLink(world.secrets, token(ada))])
      expect(['held', 'filed']).toContain((await requestOf(requestId)).status)
    }
  }, 60_000)

  it('stops a restore that is at work: nothing more of it is committed', async () => {
    const { ada, requestId, runId } = await withRequest()
    const { services } = world.restores.open
    let frozen = false
    const outside = {
      ...services,
      openAccount: async (...given: Parameters<typeof services.openAccount>) => {
        const account = await services.openAccount(...given)
        if (!frozen) await freezeByLink(world.secrets, token(ada))
        frozen = true
        return account
      },
    }
    await advanceRun(outside, { runId, signal: new AbortController().signal })
    expect(await requestOf(requestId)).toMatchObject({ status: 'held', waitReason: 'frozen' })
    expect(await reader('every-carrier').outcomeChunk.count({ where: { runId } })).toBe(0)
    expect(await reader('every-carrier').run.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({
      status: 'held',
    })
  }, 60_000)

  it('lets nobody add a passkey, also where one was asked for before, and its owner revoke one', async () => {
    const [ada, ceremony, device] = [await world.person(), passkeysAt(), new Device()]
    const actor = { ...ada.actor, provedAt: new Date() }
    const { sessionId } = ada
    const [first, second] = [await beginPasskey(actor, ceremony), await beginPasskey(actor, ceremony)]
    const add = (options: string) =>
      addPasskey(actor, ceremony, { sessionId, name: 'Mine', answer: device.create(options) })
    const { passkeyId } = await add(first)
    await freezeSubscriber(ada.actor, ada)
    await expect(add(second)).rejects.toEqual(refused('held-frozen'))
    await expect(beginPasskey(actor, ceremony)).rejects.toEqual(refused('held-frozen'))
    await revokePasskey(actor, { passkeyId, sessionId })
    const own = { subscriberId: ada.subscriberId, revokedAt: null }
    expect(await reader('every-carrier').passkey.count({ where: own })).toBe(0)
  })

  it('takes no link but ours', async () => {
    const [ada, eve] = [await world.person(), await world.person()]
    const [named, digest] = token(ada).split('-')
    const forged = [
      '',
      'none',
      named!,
      `${named}-`,
      `${named}-${'0'.repeat(32)}`,
      `${token(eve).split('-')[0]}-${digest}`,
    ]
    for (const link of [...forged, `${token(ada)} `, token(ada).toUpperCase()])
      await expect(freezeByLink(world.secrets, link)).rejects.toMatchObject({ kind: 'not-found' })
    expect(readFreezeToken(world.secrets, token(ada))).toBe(ada.subscriberId)
    await expect(freezeSubscriber(eve.actor, ada)).rejects.toMatchObject({ kind: 'not-found' })
  })
})

describe('the end of a freeze', () => {
  it('takes two different people of the carrier, and what was held goes on when it is asked to', async () => {
    const { ada, requestId } = await withRequest()
    await freezeSubscriber(ada.actor, ada)
    const [ann, ben, other] = [await world.staff(), await world.staff('support_lead'), await world.staff()]
    const { id: freezeId } = (await listFreezes(ann)).find(one => one.subscriberId === ada.subscriberId)!
    const stale = { ...ann, provedAt: later(new Date(), -6 * minutes) }
    await expect(endFreeze(stale, { freezeId })).rejects.toMatchObject({ kind: 'needs-proof' })
    expect(await endFreeze(ann, { freezeId })).toEqual({ ended: false })
    await expect(endFreeze(ann, { freezeId })).rejects.toEqual(refused('freeze-takes-two'))
    expect((await listFreezes(ann)).find(one => one.id === freezeId)).toMatchObject({ askedBySelf: true })
    const answers = await Promise.allSettled([endFreeze(ben, { freezeId }), endFreeze(other, { freezeId })])
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await listFreezes(ann)).some(one => one.id === freezeId)).toBe(false)
    expect(await requestOf(requestId)).toMatchObject({ status: 'held' })
    await expect(resumeRequest(ada.actor, { requestId })).rejects.toMatchObject({ kind: 'needs-proof' })
    await resumeRequest(system('test'), { requestId })
    await world.restores.run(requestId)
    expect(await requestOf(requestId)).toMatchObject({ status: 'done' })
    // The old link still stops everything.
    await freezeByLink(world.secrets, token(ada))
    expect(await reader('every-carrier').freeze.count({ where: { subscriberId: ada.subscriberId } })).toBe(2)
  }, 60_000)
})
