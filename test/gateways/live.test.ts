import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OpenLive, openLive } from '@/gateways/live'
import { engines, openWorkPlace, until, type WorkPlace } from '@/test/workers/work-place'

const never = 3_600_000

describe.each(engines)('live progress on %s', engine => {
  let work: WorkPlace
  let opened: OpenLive[]
  let troubles: string[]
  beforeEach(async () => {
    work = await openWorkPlace(engine)
    opened = []
    troubles = []
  })
  afterEach(async () => {
    await Promise.all(opened.map(live => live.close()))
    await work.clear()
  })

  const open = (lookAgainEvery = never, url = work.place.url) => {
    const live = openLive({ ...work.place, url, onTrouble: error => troubles.push(error.message) }, { lookAgainEvery })
    opened.push(live)
    return live
  }

  it('reaches who watches the request in another process, and nobody else', async () => {
    const [request, other] = [randomUUID(), randomUUID()]
    const [worker, portal] = [open(), open()]
    const told = { first: 0, second: 0, other: 0 }
    await portal.subscribe(request, () => told.first++)
    await portal.subscribe(request, () => told.second++)
    await portal.subscribe(other, () => told.other++)
    worker.changed(request)
    await until(() => told.first === 1)
    await delay(100)
    expect(told).toEqual({ first: 1, second: 1, other: 0 })
    expect(troubles).toEqual([])
  })

  it('coalesces a burst, and never loses its end', async () => {
    const request = randomUUID()
    const [worker, portal] = [open(), open()]
    let told = 0
    await portal.subscribe(request, () => told++)
    const until600 = Date.now() + 600
    while (Date.now() < until600) {
      worker.changed(request)
      await delay(1)
    }
    await delay(700)
    expect(told).toBeGreaterThanOrEqual(2)
    expect(told).toBeLessThanOrEqual(5)
    const before = told
    worker.changed(request)
    await until(() => told === before + 1)
  })

  it('tells nothing after the subscription has ended, and what is still to be told when it closes', async () => {
    const [ended, watched] = [randomUUID(), randomUUID()]
    const [worker, portal] = [open(), open()]
    const told: string[] = []
    const end = await portal.subscribe(ended, () => told.push(ended))
    await portal.subscribe(watched, () => told.push(watched))
    await end()
    worker.changed(ended)
    worker.changed(watched)
    worker.changed(watched)
    await worker.close()
    await until(() => told.length > 0)
    expect(new Set(told)).toEqual(new Set([watched]))
  })

  it('looks again by itself, also while its server is away, where nothing throws or waits', async () => {
    const request = randomUUID()
    const away = open(200, work.place.url.replace(/:\d+(?=\/|$)/, ':1'))
    let told = 0
    const began = Date.now()
    away.changed(request)
    const end = await away.subscribe(request, () => told++)
    expect(Date.now() - began).toBeLessThan(10_000)
    await until(() => told >= 2)
    await end()
    expect(troubles.length).toBeGreaterThan(0)
  })
})
