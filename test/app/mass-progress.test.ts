import { describe, expect, it } from 'vitest'
import type { Visit } from '@/app/_shell/visit'
import { furthestOf } from '@/app/support/mass/[id]/furthest-mass'
import { massProgressView } from '@/app/support/mass/[id]/mass-progress'
import type { MassActView } from '@/domain/triage/mass/find-mass-acts'
import { dates } from '@/messages/dates'
import type { Language } from '@/messages/language'
import { translator } from '@/messages/translate'

const now = new Date('2026-03-01T12:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000)

const act = {
  ...{ status: 'running', counted: 8, done: 3, half: 0, refused: 1, endedAt: null, movedAt: ago(2) },
  asked: { at: ago(60), name: 'Ben', self: false },
} as MassActView

const view = (given: Partial<MassActView> = {}, language: Language = 'en') =>
  massProgressView({ t: translator(language), dates: dates(language, 'UTC') } as Visit, { ...act, ...given }, now)

describe('how far an act on many has come', () => {
  it('is told in counts, a share, and when it last moved', () => {
    const shown = view()
    expect(shown).toMatchObject({ dealt: 4, percent: 50, label: '4 of 8', stalled: null })
    expect(shown.updated).toBe('Last moved 2 seconds ago, at 11:59:58 UTC.')
    expect(shown.facts.map(({ value }) => value).slice(0, 4)).toEqual(['8', '3', '1', '4'])
    expect(view({}, 'fr').updated).toMatch(/^Dernier mouvement /)
  })

  it('admits after two minutes that nothing moves, and only as long as it runs', () => {
    expect(view({ movedAt: ago(119) }).stalled).toBeNull()
    expect(view({ movedAt: ago(121) }).stalled).toMatch(/^Nothing has moved for two minutes/)
    const over = view({ movedAt: ago(500), status: 'done', endedAt: ago(400) })
    expect(over).toMatchObject({ stalled: null, updated: null })
    expect(over.facts.at(-1)?.term).toBe('Ended')
  })

  it('says of one that waits who asked for it, and of none that there is nothing of it', () => {
    expect(view({ status: 'asked' }).facts.at(-1)?.term).toBe('Asked for by')
    expect(view({ counted: 0, done: 0, refused: 0 }).percent).toBe(0)
  })

  it('never goes back on the screen', () => {
    const [less, more] = [view(), view({ done: 5 })]
    expect(furthestOf(more, less)).toBe(more)
    expect(furthestOf(less, more)).toBe(more)
  })
})
