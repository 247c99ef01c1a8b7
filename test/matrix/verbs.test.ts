import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { may, mayEver, type PolicyObject, type PolicyVerb } from '@/domain/policy'
import { owners, type Place } from '@/test/matrix/matrix-world'
import { calls } from '@/test/matrix/verb-calls'
import type { AboutOne, Entry } from '@/test/matrix/verb-entry'
import { type Holder, type House, houseNames, VerbWorld } from '@/test/matrix/verb-world'

let world: VerbWorld
beforeAll(async () => {
  world = await VerbWorld.begin()
}, 180_000)
beforeEach(() => world.proveAnew())
afterAll(() => world?.end())

type Answer = 'yes' | Refusal['kind']

/** Runs the call to its end, a stream's too. Any refusal but these two is the verb's own word after it let the actor in. */
async function answerOf(call: () => unknown): Promise<{ answer: Answer; said: string }> {
  try {
    const result = await call()
    const items: unknown[] = []
    if (isStream(result)) for await (const item of result) items.push(item)
    const said = JSON.stringify(isStream(result) ? items : (result ?? null), (_, value) =>
      typeof value === 'bigint' ? String(value) : value,
    )
    return { answer: 'yes', said }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { answer: error.kind, said: `${error.code} ${error.detail}` }
  }
}

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value

/** Whose data the answer lets out although the actor may not have it. */
const leaks = (actor: Actor, verb: PolicyVerb, said: string): string[] =>
  owners.filter(owner => {
    const place = world.places[owner]
    return !may(actor, verb, place) && place.marks.some(mark => said.includes(mark))
  })

/** Whose data the answer lets out although the actor is another carrier's. */
const foreign = (actor: Actor, said: string): string[] =>
  world.holders.flatMap(([name, { carrierId, marks }]) => {
    const isForeign = 'carrierId' in actor && actor.carrierId !== null && actor.carrierId !== carrierId
    return isForeign && marks.some(mark => said.includes(mark)) ? [name] : []
  })

/** Everybody whose data the answer holds. */
function known(said: string): string[] {
  const things = [...Object.entries(world.places), ...world.holders]
  return [...new Set(things.flatMap(([name, { marks }]) => (marks.some(mark => said.includes(mark)) ? [name] : [])))]
}

const nothing = { carrierId: null, subscriberId: null }

/** What a verb is called about, and whom it has to let in. */
interface Target {
  whose: string
  of: PolicyObject
  lets(actor: Actor): boolean
  call(actor: Actor): unknown
  /** Makes what an allowed call uses up, and answers that call. */
  ready(): Promise<(actor: Actor) => unknown>
}

function one<Thing extends PolicyObject>(entry: AboutOne<string, Thing>, whose: string, thing: Thing): Target {
  const about = (what: Thing) => (actor: Actor) => entry.call(world, actor, what)
  return {
    whose,
    of: thing,
    lets: actor => (whose !== 'nobody' || entry.ofNobody === 'yes') && may(actor, entry.verb, thing),
    call: about(thing),
    ready: async () => about((await entry.prepare?.(world, thing)) ?? thing),
  }
}

function targetsOf(entry: Entry): Target[] {
  const ids = (...names: string[]) => Object.fromEntries(names.map(name => [name, randomUUID()]))
  switch (entry.about) {
    case 'subscriber': {
      const none = ids('subscriberId', 'accountId', 'contacts', 'photos', 'requestId', 'ticketId')
      const nobody: Place = { ...world.places.own, ...none, reference: 'HW-2222-2222', marks: [] }
      return [...owners.map(owner => one(entry, owner, world.places[owner])), one(entry, 'nobody', nobody)]
    }
    case 'carrier':
    case 'holder': {
      const none = ids('carrierId', 'incidentId', 'noticeId', 'broadcastId', 'suppressionId', 'macroId')
      const nobody: House = { ...world.houses.own, ...none, marks: [] }
      if (entry.about === 'carrier')
        return [...houseNames.map(name => one(entry, name, world.houses[name])), one(entry, 'nobody', nobody)]
      return [...world.holders.map(([name, holder]) => one(entry, name, holder)), one<Holder>(entry, 'nobody', nobody)]
    }
    default: {
      const isList = entry.about.endsWith(' list')
      const call = (actor: Actor) => entry.call(world, actor)
      const lets = (actor: Actor) => (isList ? mayEver(actor, entry.verb) : may(actor, entry.verb, nothing))
      const ready = async () => {
        await entry.prepare?.(world)
        return call
      }
      return [{ whose: 'all', of: isList ? world.places.own : nothing, lets, call, ready }]
    }
  }
}

/** A list that names somebody. */
const tells = (entry: Entry): boolean => entry.about.endsWith(' list') && !('tells' in entry && entry.tells === false)

/** Whose data a list tells of. */
function listed({ about, verb }: Entry, actor: Actor): string[] {
  const all = {
    'own list': world.places,
    'carrier list': world.houses,
    'holder list': Object.fromEntries(world.holders),
  }
  const things = Object.entries<PolicyObject>(all[about as keyof typeof all])
  return things.filter(([, thing]) => may(actor, verb, thing)).map(([name]) => name)
}

describe.each(Object.entries(calls))('%s', (_name, entry) => {
  const { verb } = entry

  it('refuses, and changes nothing for, everybody whom the policy table does not let in', async () => {
    const before = await world.print()
    for (const [name, actor] of world.actors) {
      const refusal = mayEver(actor, verb) && entry.about !== 'all' ? 'not-found' : 'not-allowed'
      for (const { whose, call } of targetsOf(entry).filter(target => !target.lets(actor))) {
        const { answer, said } = await answerOf(() => call(actor))
        expect(`${name}, ${whose}: ${answer}`).toBe(`${name}, ${whose}: ${refusal}`)
        expect(known(said)).toEqual([])
      }
    }
    expect(await world.print()).toBe(before)
  }, 240_000)

  it('answers everybody whom it lets in, and tells of nobody else', async () => {
    const before = entry.changes ? '' : await world.print()
    for (const [name, actor] of world.actors) {
      for (const { whose, ready } of targetsOf(entry).filter(target => target.lets(actor))) {
        const call = await ready()
        const { answer, said } = await answerOf(() => call(actor))
        expect(`${name}, ${whose}: ${answer}`).toBe(`${name}, ${whose}: ${entry.ends ?? 'yes'}`)
        expect([...leaks(actor, verb, said), ...foreign(actor, said)]).toEqual([])
        if (whose !== 'all') expect(known(said).filter(other => other !== whose)).toEqual([])
        else if (tells(entry)) expect(known(said)).toEqual(listed(entry, actor))
      }
    }
    if (!entry.changes) expect(await world.print()).toBe(before)
  }, 240_000)
})

describe('what gives data out or takes it away', () => {
  const fresh = Object.entries(calls).filter(([, entry]) => entry.needsProof)

  it.each(fresh)('%s asks for a proof of the last five minutes, and does nothing without', async (_name, entry) => {
    const provedAt = new Date(Date.now() - 301_000)
    for (const [, actor] of world.actors) {
      const [target] = targetsOf(entry)
      if (!('provedAt' in actor) || !may(actor, entry.verb, target!.of)) continue
      const call = await target!.ready()
      const before = await world.print()
      const { answer } = await answerOf(() => call({ ...actor, provedAt }))
      expect(answer).toBe('needs-proof')
      expect(await world.print()).toBe(before)
    }
  })
})
