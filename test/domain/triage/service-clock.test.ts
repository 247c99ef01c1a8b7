import { describe, expect, it } from 'vitest'
import { businessMs, dueAfter, readClock, type ServiceCalendar, type Turn } from '@/domain/triage/service-clock'
import { isZone } from '@/domain/triage/zone-offset'
import { Chance } from '@/test/campaign/chance'
import { askOracle, Wall } from '@/test/domain/triage/service-oracle'

const hour = 3_600_000
const minute = 60_000
const office = (zone: string, more: Partial<ServiceCalendar> = {}): ServiceCalendar => ({
  zone,
  week: [1, 2, 3, 4, 5].map(weekday => ({ weekday, from: 540, to: 1020 })),
  holidays: [],
  extraDays: [],
  ...more,
})
const at = (text: string) => new Date(text)
const nightly = (zone: string, from: number, to: number) =>
  office(zone, { week: [1, 2, 3, 4, 5, 6, 7].map(weekday => ({ weekday, from, to })) })

describe('the service clock', () => {
  it('counts hours in which somebody works, in the calendar’s zone', () => {
    const toronto = office('America/Toronto')
    // Friday 16:00 to Monday 10:30 in Toronto.
    expect(businessMs(toronto, at('2026-11-20T21:00:00Z'), at('2026-11-23T15:30:00Z'))).toBe(2.5 * hour)
    expect(dueAfter(toronto, at('2026-11-20T21:00:00Z'), 2.5 * hour)).toEqual(at('2026-11-23T15:30:00Z'))
  })

  it('is due when the shift ends, not when the next one begins', () => {
    expect(dueAfter(office('UTC'), at('2026-11-20T16:00:00Z'), hour)).toEqual(at('2026-11-20T17:00:00Z'))
    expect(dueAfter(office('UTC'), at('2026-11-20T16:00:00Z'), hour + 1)).toEqual(at('2026-11-23T09:00:00.001Z'))
  })

  it('counts what passes where the clock is put back or forward within a shift', () => {
    const [back, forward] = [nightly('Europe/Paris', 60, 180), nightly('Europe/Paris', 60, 180)]
    const day = (name: string) => [at(`${name}T12:00:00Z`), at(`${name}T12:00:00Z`)] as const
    const [eve] = day('2026-10-24')
    // 01:00 to 03:00 is three hours long then, and an hour long in March.
    expect(businessMs(back, eve, at('2026-10-25T12:00:00Z'))).toBe(3 * hour)
    expect(businessMs(forward, at('2026-03-28T12:00:00Z'), at('2026-03-29T12:00:00Z'))).toBe(hour)
    expect(businessMs(back, at('2026-10-25T12:00:00Z'), at('2026-10-26T12:00:00Z'))).toBe(2 * hour)
    // Wholly left out, and wholly shown twice.
    const inside = nightly('Europe/Paris', 120, 180)
    expect(businessMs(inside, at('2026-03-28T12:00:00Z'), at('2026-03-29T12:00:00Z'))).toBe(0)
    expect(businessMs(inside, eve, at('2026-10-25T12:00:00Z'))).toBe(2 * hour)
  })

  it('counts the whole of two split shifts that touch within the hour shown twice', () => {
    const week = [6, 7].flatMap(weekday => [
      { weekday, from: 60, to: 90 },
      { weekday, from: 90, to: 120 },
    ])
    const split = office('America/New_York', { week })
    expect(businessMs(split, at('2026-11-01T00:00:00Z'), at('2026-11-01T12:00:00Z'))).toBe(2 * hour)
  })

  it('leaves out holidays with the night that begins on them, and takes extra days in place of them', () => {
    const nights = office('Europe/Paris', {
      week: [
        { weekday: 4, from: 1320, to: 1800 },
        { weekday: 5, from: 1320, to: 1800 },
      ],
      holidays: ['2026-12-25'],
    })
    // The night of Thursday the 24th reaches into the holiday and counts; Friday's does not.
    expect(businessMs(nights, at('2026-12-24T12:00:00Z'), at('2026-12-26T12:00:00Z'))).toBe(8 * hour)
    const extraDays = [{ day: '2026-12-25', shifts: [{ from: 600, to: 660 }] }]
    expect(businessMs({ ...nights, extraDays }, at('2026-12-24T12:00:00Z'), at('2026-12-26T12:00:00Z'))).toBe(9 * hour)
  })

  it('lives through a day that a zone leaves out', () => {
    const apia = nightly('Pacific/Apia', 540, 1020)
    expect(businessMs(apia, at('2011-12-29T12:00:00Z'), at('2011-12-31T10:00:00Z'))).toBe(16 * hour)
  })

  it('stands while it is paused, and is not due until it runs again', () => {
    const filed = { at: at('2026-11-23T09:00:00Z'), runs: true }
    const asked = { at: at('2026-11-23T11:00:00Z'), runs: false }
    const answered = { at: at('2026-11-24T10:00:00Z'), runs: true }
    const stands = readClock(office('UTC'), 480, [filed, asked], at('2026-11-24T09:30:00Z'))
    expect(stands).toEqual({ dueAt: null, usedMs: 2 * hour, remainingMs: 6 * hour })
    const on = readClock(office('UTC'), 480, [filed, asked, answered], at('2026-11-24T10:00:00Z'))
    expect(on).toMatchObject({ dueAt: at('2026-11-24T16:00:00Z'), usedMs: 2 * hour })
  })

  it('finds nothing where nobody ever works, and looks ten years ahead at once', () => {
    expect(dueAfter(office('UTC', { week: [] }), at('2026-11-23T09:00:00Z'), 1)).toBeNull()
    const rare = office('America/Toronto', { week: [{ weekday: 1, from: 0, to: 60 }] })
    dueAfter(rare, at('2026-11-23T09:00:00Z'), 500 * hour)
    const before = performance.now()
    expect(dueAfter(rare, at('2026-11-23T09:00:00Z'), 500 * hour)).toEqual(at('2036-06-23T05:00:00Z'))
    expect(performance.now() - before).toBeLessThan(500)
  })

  it('knows zones by their names', () => {
    for (const name of ['Europe/Paris', 'America/Argentina/Buenos_Aires', 'UTC', 'Etc/GMT+5'])
      expect([name, isZone(name)]).toEqual([name, true])
    for (const name of ['', 'Mars/Olympus', '+02:00', 'Europe/', '../etc', 'europe paris'])
      expect([name, isZone(name)]).toEqual([name, false])
  })
})

const zones = [
  ...['UTC', 'Europe/Paris', 'Europe/London', 'America/Toronto', 'America/St_Johns', 'America/Havana'],
  ...['Atlantic/Azores', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Casablanca', 'America/Sao_Paulo'],
  ...['Pacific/Apia', 'Asia/Tehran', 'Pacific/Chatham'],
]

/** Days (noon, UTC) before which the zone's clock was changed, found by looking at a wall at every noon. */
function changesOf(zone: string): number[] {
  const wall = new Wall(zone)
  const found: number[] = []
  let before: number | null = null
  for (let noon = Date.UTC(2006, 0, 1, 12); noon < Date.UTC(2031, 0, 1); noon += 24 * hour) {
    const { minutes } = wall.read(noon)
    if (before !== null && minutes !== before) found.push(noon)
    before = minutes
  }
  return found
}

const timelines = Number(process.env.CAMPAIGN_TIMELINES ?? 300)
const seed = Number(process.env.CAMPAIGN_SEED ?? 20091001)

describe(`the service clock and a minute-by-minute oracle, over ${timelines} timelines`, () => {
  it('say the same of what has counted and of when it is due', () => {
    const chance = new Chance(seed)
    const changes = new Map(zones.map(zone => [zone, changesOf(zone)]))
    let [overChange, late, paused, later] = [0, 0, 0, 0]
    for (let one = 0; one < timelines; one++) {
      const zone = chance.pick(zones)
      const near = changes.get(zone)!
      const onChange = near.length > 0 && chance.next() < 0.6
      const about = onChange ? chance.pick(near) : Date.UTC(2006, 0, 1) + chance.between(0, 25 * 365) * 24 * hour
      const begin = about - chance.between(0, 3 * 24 * 60) * minute
      const calendar = anyCalendar(chance, zone, begin)
      const turns = anyTurns(chance, begin)
      const now = new Date(turns.at(-1)!.at.getTime() + chance.between(-600, 3 * 24 * 60) * minute)
      const target = chance.pick([1, 30, 60, chance.between(1, 300), chance.between(300, 3000)])
      const said = readClock(calendar, target, turns, now)
      const asked = askOracle(calendar, target, turns, now, 5 * 1440)
      const told = JSON.stringify({ seed, one, calendar, turns, now, target })
      expect(said.usedMs / minute, told).toBe(asked.used)
      expect(said.remainingMs / minute, told).toBe(target - asked.used)
      if (asked.due === 'later') {
        const patience = Math.max(now.getTime(), turns.at(-1)!.at.getTime()) + 5 * 24 * hour
        expect(said.dueAt === null || said.dueAt.getTime() > patience, told).toBe(true)
        later++
      } else expect(said.dueAt?.getTime() ?? null, told).toBe(asked.due)
      if (onChange) overChange++
      if (asked.due !== null && asked.due !== 'later' && asked.due <= now.getTime()) late++
      if (asked.due === null) paused++
    }
    // A trial in which none of these came up would have shown nothing.
    for (const often of [overChange, late, paused, timelines - later]) expect(often).toBeGreaterThan(timelines / 20)
  }, 3_600_000)
})

/** With split shifts, nights, shifts that overlap, holidays and extra days about the time. */
function anyCalendar(chance: Chance, zone: string, begin: number): ServiceCalendar {
  const step = chance.pick([1, 15, 30])
  const shift = () => {
    const from = Math.floor(chance.between(0, 1439) / step) * step
    return { from, to: from + chance.between(1, Math.floor(1440 / step)) * step }
  }
  const short = () => {
    const from = Math.floor(chance.between(0, 300) / step) * step
    return { from, to: from + chance.pick([15, 30, 60, 120]) }
  }
  const dayNear = () => new Date(begin + chance.between(-1, 7) * 24 * hour).toISOString().slice(0, 10)
  const some = <T>(most: number, make: () => T) => Array.from({ length: chance.between(0, most) }, make)
  const week = [1, 2, 3, 4, 5, 6, 7].flatMap(weekday =>
    some(3, () => ({ weekday, ...(chance.next() < 0.4 ? short() : shift()) })),
  )
  const extra = new Map(some(2, () => [dayNear(), some(2, shift)] as const))
  return {
    zone,
    week,
    holidays: [...new Set(some(2, dayNear))],
    extraDays: [...extra].map(([day, shifts]) => ({ day, shifts })),
  }
}

/** It runs first, then stands and runs by turns. */
function anyTurns(chance: Chance, begin: number): Turn[] {
  let moment = begin
  return Array.from({ length: chance.between(1, 5) }, (_, one) => {
    if (one > 0) moment += chance.between(0, 24 * 60) * minute
    return { at: new Date(moment), runs: one % 2 === 0 }
  })
}
