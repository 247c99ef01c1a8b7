import { describe, expect, it } from 'vitest'
import { furthest } from '@/app/account/restores/furthest'
import { progressView } from '@/app/account/restores/progress-view'
import type { Progress } from '@/domain/restore/read-progress'
import { dates } from '@/messages/dates'
import { translator } from '@/messages/translate'

const now = new Date('2026-03-01T12:00:00Z')
const speaker = { t: translator('en'), dates: dates('en', 'UTC') }
const request = { categories: [] }

const progress = (given: Partial<Progress>): Progress => ({
  status: 'running',
  kind: 'restore',
  waitReason: null,
  updatedAt: new Date(now.getTime() - 2_000),
  stalled: false,
  queuePosition: null,
  remainingSeconds: null,
  categories: [],
  ...given,
})
const category = (planned: number | null, settled: number): Progress['categories'][number] => ({
  category: 'contacts',
  planned,
  settled,
  verified: 0,
  step: 'push',
  trouble: null,
})
const view = (given: Partial<Progress>) => progressView(speaker, request, progress(given), now)

describe('progress in words', () => {
  it('counts what is back of what is planned', () => {
    const shown = view({ categories: [category(382, 214)], remainingSeconds: [130, 230] })
    expect(shown.title).toBe('214 of 382 are back on your device account')
    expect(shown.lead).toBe('About 2 to 4 minutes left. You can close this page; we will write to you.')
    expect(shown.percent).toBe(53)
    expect(shown.updated).toBe('Last moved 2 seconds ago, at 11:59:58 UTC.')
  })

  it('knows no share before everything is planned, and says so by saying none', () => {
    expect(view({ categories: [category(null, 0), category(10, 0)] }).percent).toBeNull()
  })

  it('is not done before it is read back', () => {
    const shown = view({ categories: [category(10, 10)] })
    expect(shown.percent).toBeLessThan(100)
    expect(shown.title).toBe('Everything is sent; we are checking that it arrived')
  })

  it('admits a stall and names the place in the queue', () => {
    expect(view({ stalled: true }).stalled).toContain('Nothing has moved for two minutes')
    expect(view({ status: 'approved', queuePosition: 3 }).lead).toBe('3 restores go before yours.')
  })

  it('rounds the time left outwards', () => {
    const lead = (remainingSeconds: [number, number]) => view({ remainingSeconds }).lead
    expect(lead([10, 40])).toContain('Less than a minute left')
    expect(lead([45, 60])).toContain('About 1 minute left')
    expect(lead([3_600, 10_800])).toContain('1 to 3 hours')
  })
})

describe('what was shown', () => {
  it('never goes back', () => {
    const later = view({ categories: [category(382, 214)] })
    const earlier = view({ categories: [category(382, 200)] })
    const shown = furthest(later, earlier)
    expect(shown.percent).toBe(later.percent)
    expect(shown.rows[0]?.settled).toBe(214)
    expect(shown.title).toBe(later.title)
    expect(furthest(earlier, later)).toEqual(later)
  })
})
