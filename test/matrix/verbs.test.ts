import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '@/bin/project-root'
import type { Actor } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { may, mayEver, type PolicyVerb } from '@/domain/policy'
import { MatrixWorld, owners, type Place } from '@/test/matrix/matrix-world'
import { calls, unguardedSteps } from '@/test/matrix/verb-calls'

let world: MatrixWorld
beforeAll(async () => {
  world = await MatrixWorld.begin()
}, 180_000)
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

const nothing = { carrierId: null, subscriberId: null }

describe.each(Object.entries(calls))('%s', (_name, entry) => {
  it('answers every role about everybody as the policy table says', async () => {
    const { verb } = entry
    const nobody = (): Place => {
      const ids = Object.fromEntries(
        ['subscriberId', 'accountId', 'contacts', 'photos', 'requestId'].map(id => [id, randomUUID()]),
      )
      return { ...world.places.own, ...ids, reference: 'HW-2222-2222', marks: [] }
    }
    for (const [name, actor] of world.actors) {
      const refused: [string, () => unknown, Answer][] = []
      const allowed: [string, () => unknown, Place | null][] = []
      const refusal = mayEver(actor, verb) ? 'not-found' : 'not-allowed'
      if (entry.about === 'subscriber') {
        for (const owner of owners) {
          const place = world.places[owner]
          const target = may(actor, verb, place) ? ((await entry.prepare?.(world, place)) ?? place) : place
          const call = () => entry.call(world, actor, target)
          if (may(actor, verb, place)) allowed.push([owner, call, place])
          else refused.push([owner, call, refusal])
        }
        refused.push(['nobody', () => entry.call(world, actor, nobody()), refusal])
      } else {
        const call = () => entry.call(world, actor)
        const lets = entry.about === 'own list' ? mayEver(actor, verb) : may(actor, verb, nothing)
        if (lets) allowed.push(['all', call, null])
        else refused.push(['all', call, entry.about === 'batch' ? refusal : 'not-allowed'])
      }

      const before = await world.print()
      for (const [whose, call, expected] of refused) {
        const { answer, said } = await answerOf(call)
        expect(`${name}, ${whose}: ${answer}`).toBe(`${name}, ${whose}: ${expected}`)
        expect(owners.filter(owner => world.places[owner].marks.some(mark => said.includes(mark)))).toEqual([])
      }
      if (refused.length > 0) expect(await world.print()).toBe(before)

      for (const [whose, call, place] of allowed) {
        const { answer, said } = await answerOf(call)
        expect(`${name}, ${whose}: ${answer}`).toBe(`${name}, ${whose}: ${entry.ends ?? 'yes'}`)
        const others = owners.filter(owner => place !== null && owner !== place.owner)
        expect(leaks(actor, verb, said)).toEqual([])
        expect(others.filter(owner => world.places[owner].marks.some(mark => said.includes(mark)))).toEqual([])
        if (entry.about === 'own list' && entry.tells !== false) {
          const seen = owners.filter(owner => world.places[owner].marks.some(mark => said.includes(mark)))
          expect(seen).toEqual(owners.filter(owner => may(actor, verb, world.places[owner])))
        }
      }
      if (!entry.changes) expect(await world.print()).toBe(before)
    }
  }, 240_000)
})

describe('what gives data out or takes it away', () => {
  const fresh = Object.entries(calls).filter(([, entry]) => entry.needsProof)

  it.each(fresh)('%s asks for a proof of the last five minutes, and does nothing without', async (_name, entry) => {
    const provedAt = new Date(Date.now() - 301_000)
    for (const [, actor] of world.actors) {
      if (actor.role === 'anonymous' || actor.role === 'system') continue
      const place = world.places.own
      if (!may(actor, entry.verb, entry.about === 'batch' ? nothing : place)) continue
      const target = entry.about === 'subscriber' ? ((await entry.prepare?.(world, place)) ?? place) : place
      const before = await world.print()
      const { answer } = await answerOf(() => entry.call(world, { ...actor, provedAt }, target))
      expect(answer).toBe('needs-proof')
      expect(await world.print()).toBe(before)
    }
  })
})

/** What a file imports to run, types left out. */
const importsOf = (text: string): string[] =>
  [...text.matchAll(/^import (?!type )[^']*'([^']+)'/gm)].map(match => match[1]!)

describe('the domain', () => {
  const files = readdirSync(path.join(projectRoot, 'domain'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => ({ name, text: readFileSync(path.join(projectRoot, 'domain', name), 'utf8') }))
  const exported = files.flatMap(({ name, text }) =>
    [
      ...text.matchAll(
        /^export (?:async )?(?:function\*? |const )(\w+)(?:<[^(]*>)?(?: = (?:async )?)?\(\s*(\w+): Actor\b/gm,
      ),
    ]
      .map(match => `${name} ${match[1]}`)
      .filter(one => !/^(actor|policy)\.ts /.test(one)),
  )

  it('has no verb or finder that this test does not call', () => {
    expect([...exported].sort()).toEqual([...Object.keys(calls), ...Object.keys(unguardedSteps)].sort())
  })

  it('lets nobody but their verb call the steps that ask for no right', () => {
    for (const [step, verbFile] of Object.entries(unguardedSteps)) {
      const [file] = step.split(' ')
      const importers = files.filter(({ text }) => importsOf(text).includes(`@/domain/${file!.replace('.ts', '')}`))
      expect(importers.map(({ name }) => name)).toEqual([verbFile])
    }
  })
})
