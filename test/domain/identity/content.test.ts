import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/domain/actor'
import { system } from '@/domain/actor'
import { contentStanding, releaseContent } from '@/domain/content-right'
import { askContent } from '@/domain/identity/ask-content'
import { freezeSubscriber } from '@/domain/identity/freeze-subscriber'
import { lockRestores, unlockRestores } from '@/domain/identity/lock-restores'
import { noteFactorChange } from '@/domain/identity/note-factor-change'
import { archiveFiles } from '@/domain/record/archive'
import { listRecords } from '@/domain/record/list-records'
import { openOriginal } from '@/domain/record/open-original'
import { openPhoto, readRecord } from '@/domain/record/read-record'
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
/** As the session says it after a code at that moment. */
const byCode = ({ actor }: Person, at: Date): Actor => ({ ...actor, provedAt: at, keySince: null })
const byKey = ({ actor }: Person, at: Date, keySince: Date): Actor => ({ ...actor, provedAt: at, keySince })
const kindAt = async (actor: Actor, at: Date) => (await contentStanding(actor, at)).kind
const waits = (person: Person) =>
  reader('every-carrier').releaseWait.findMany({ where: { subscriberId: person.subscriberId }, orderBy: { id: 'asc' } })
const eventsOf = async (person: Person, kind: string) =>
  (await reader('every-carrier').event.findMany({ where: { subject: `subscriber:${person.subscriberId}`, kind } }))
    .length

describe('content, by a code', () => {
  it('is shown 72 hours after it was first asked for, for 30 days, and then asked for anew', async () => {
    const ada = await world.person()
    const now = new Date()
    expect(await kindAt(byCode(ada, now), now)).toBe('not-asked')
    await askContent(byCode(ada, now), ada, now)
    // Asked again, and at the same moment: the first time counts.
    const again = later(now, 5 * hours)
    await Promise.all([1, 2, 3].map(() => askContent(byCode(ada, again), ada, again)))
    expect(await waits(ada)).toMatchObject([{ askedAt: now, opensAt: later(now, 72 * hours), stoppedAt: null }])
    expect(await eventsOf(ada, 'content.asked')).toBe(1)
    for (const [ms, kind] of [
      [72 * hours - 1, 'waits'],
      [72 * hours, 'open'],
      [72 * hours + 30 * days - 1, 'open'],
      [72 * hours + 30 * days, 'not-asked'],
    ] as const) {
      const at = later(now, ms)
      expect([ms, await kindAt(byCode(ada, at), at)]).toEqual([ms, kind])
    }
    const over = later(now, 40 * days)
    await askContent(byCode(ada, over), ada, over)
    expect((await waits(ada)).map(({ stoppedAt }) => stoppedAt)).toEqual([over, null])
    expect(await kindAt(byCode(ada, over), over)).toBe('waits')
  })

  it('tells every address at the ask, with the link that stops everything', async () => {
    const ada = await world.person()
    const now = new Date()
    await askContent(byCode(ada, now), ada, now)
    const due = await world.deliver(ada.subscriberId)
    expect(world.sent.map(({ channel, to }) => `${channel} ${to}`).sort()).toEqual([
      `mail ${ada.email}`,
      `sms ${ada.number}`,
    ])
    for (const { text } of world.sent) expect(text).toContain('/this-was-not-me')
    for (const { runAt } of due) expect(runAt.getTime()).toBeLessThan(Date.now() + minutes)
  })

  it('is asked for with a fresh proof, by its own subscriber, while nothing holds them', async () => {
    const [ada, ben] = [await world.person(), await world.person()]
    const now = new Date()
    await expect(askContent(ada.actor, ada, now)).rejects.toMatchObject({ kind: 'needs-proof' })
    await expect(askContent(byCode(ada, later(now, -6 * minutes)), ada, now)).rejects.toMatchObject({
      kind: 'needs-proof',
    })
    await expect(askContent(byCode(ben, now), ada, now)).rejects.toMatchObject({ kind: 'not-found' })
    await lockRestores(ada.actor, ada, now)
    await expect(askContent(byCode(ada, now), ada, now)).rejects.toEqual(refused('held-locked'))
    expect(await waits(ada)).toEqual([])
  })

  it('cannot be made to open sooner, not even in the table', async () => {
    const ada = await world.person()
    const now = new Date()
    await askContent(byCode(ada, now), ada, now)
    const sooner = transaction('every-carrier', tx =>
      tx.releaseWait.updateMany({
        where: { subscriberId: ada.subscriberId },
        data: { opensAt: later(now, 71 * hours) },
      }),
    )
    await expect(sooner).rejects.toThrow(/release_waits_three_days/)
  })

  it.each([
    ['a freeze', (ada: Person) => freezeSubscriber(ada.actor, ada)],
    ['a lock', (ada: Person) => lockRestores(ada.actor, ada)],
    [
      'a changed SIM',
      async (ada: Person) => {
        world.sim = { kind: 'changed', at: null }
        await expect(world.send(ada)).rejects.toEqual(refused('sim-changed'))
      },
    ],
  ])(
    'is stopped by %s, during the wait and after it',
    async (_name, stop) => {
      for (const asked of [later(new Date(), -hours), later(new Date(), -5 * days)]) {
        const ada = await world.person()
        await askContent(byCode(ada, asked), ada, asked)
        await stop(ada)
        world.sim = { kind: 'unchanged' }
        const now = new Date()
        expect(await kindAt(byCode(ada, now), now)).toBe('held')
        expect(await eventsOf(ada, 'content.stopped')).toBe(1)
        // What was stopped does not come back with the end of what stopped it.
        const after = later(now, 11 * days)
        await transaction('every-carrier', tx =>
          tx.freeze.updateMany({
            where: { subscriberId: ada.subscriberId },
            data: { askedBy: 'a', askedAt: now, endedBy: 'b', endedAt: now },
          }),
        )
        await unlockRestores(byCode(ada, now), ada, now)
        expect(await kindAt(byCode(ada, after), after)).toBe('not-asked')
      }
    },
    60_000,
  )
})

describe('content, by a passkey', () => {
  it('is shown at once where it is ten days old, and waits where it is younger', async () => {
    const ada = await world.person()
    const now = new Date()
    expect(await kindAt(byKey(ada, now, later(now, -10 * days)), now)).toBe('open')
    expect(await kindAt(byKey(ada, now, later(now, -10 * days + 1)), now)).toBe('not-asked')
    expect(await kindAt(byKey(ada, later(now, -31 * minutes), later(now, -30 * days)), now)).toBe('needs-proof')
    expect(await kindAt(ada.actor, now)).toBe('needs-proof')
  })

  it('added first by a code holds content and new accounts for ten days, and what goes to a known one not at all', async () => {
    const ada = await world.person()
    await world.recovered(ada)
    const { id: accountId } = await world.restores.vdir(ada.subscriberId)
    const now = new Date()
    await askContent(byCode(ada, later(now, -4 * days)), ada, later(now, -4 * days))
    expect(await kindAt(byCode(ada, now), now)).toBe('open')
    const { carrierId, subscriberId } = ada
    const change = { carrierId, subscriberId, factor: 'first-passkey', changedAt: now, previous: null } as const
    const filed = await world.filed(ada, accountId)
    await world.approve(filed)
    await transaction('every-carrier', tx => noteFactorChange(tx, ada.actor, change, now))
    expect(await contentStanding(byCode(ada, now), now)).toMatchObject({
      kind: 'held',
      hold: { factor: 'first-passkey' },
    })
    const stillRuns = await reader('every-carrier').restoreRequest.findUniqueOrThrow({ where: { id: filed } })
    expect(stillRuns.status).toBe('approved')
    await world.approve(await world.filed(ada, accountId))
    await transaction('every-carrier', tx =>
      tx.deviceAccount.update({ where: { id: accountId }, data: { coolingUntil: now } }),
    )
    await expect(world.filed(ada, accountId)).rejects.toEqual(refused('held-changed'))
    const after = later(now, 10 * days + minutes)
    expect(await kindAt(byKey(ada, after, now), after)).toBe('open')
    await world.deliver(subscriberId)
    expect(world.sent.map(({ channel, to }) => `${channel} ${to}`)).toEqual(
      expect.arrayContaining([`mail ${ada.email}`, `sms ${ada.number}`]),
    )
  }, 60_000)
})

describe('every way to content', () => {
  it('asks, and gives nothing before the wait is over', async () => {
    const ada = await world.person()
    await world.recovered(ada)
    const storage = world.restores.open.services.storage
    const { id: holdingId } = await reader('every-carrier').holding.findFirstOrThrow({
      where: { subscriberId: ada.subscriberId },
    })
    const place = { holdingId, ordinal: 0 }
    const everything = async (actor: Actor) => {
      for await (const { path } of archiveFiles(actor, storage)) return path
      return null
    }
    const ways = (actor: Actor) => [
      () => listRecords(actor, storage, { holdingId, page: 1, search: '', state: null }),
      () => readRecord(actor, storage, place),
      () => openOriginal(actor, storage, place),
      () => everything(actor),
    ]
    const now = new Date()
    for (const way of ways(byCode(ada, now))) await expect(way()).rejects.toEqual(refused('content-waits'))
    await expect(openPhoto(byCode(ada, now), storage, place)).rejects.toEqual(refused('content-waits'))
    for (const way of ways(ada.actor)) await expect(way()).rejects.toMatchObject({ kind: 'needs-proof' })
    for (const way of ways(byKey(ada, now, later(now, -30 * days)))) expect(await way()).toBeTruthy()
    await askContent(byCode(ada, later(now, -73 * hours)), ada, later(now, -73 * hours))
    for (const way of ways(byCode(ada, now))) expect(await way()).toBeTruthy()
    // Bytes are given by a proof of the last five minutes, whatever was waited.
    const old = byCode(ada, later(now, -6 * minutes))
    await expect(openOriginal(old, storage, place)).rejects.toMatchObject({ kind: 'needs-proof' })
    await expect(releaseContent(old, 'shown')).resolves.toBeUndefined()
    await expect(releaseContent(system('test'), 'given')).resolves.toBeUndefined()
  }, 60_000)

  it('breaks off a download that was begun, where its subscriber is frozen meanwhile', async () => {
    const ada = await world.person()
    const now = new Date()
    const actor = byKey(ada, later(now, -20 * minutes), later(now, -30 * days))
    await expect(releaseContent(actor, 'goes-on', now)).resolves.toBeUndefined()
    await freezeSubscriber(ada.actor, ada)
    await expect(releaseContent(actor, 'goes-on', now)).rejects.toEqual(refused('held-frozen'))
  })
})
