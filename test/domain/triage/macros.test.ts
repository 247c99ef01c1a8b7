import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transaction } from '@/domain/transaction'
import { findMacro, listMacros, listMacrosFor, renderMacro } from '@/domain/triage/find-macros'
import { fillMacro, macroVariables, unknownIn } from '@/domain/triage/macro-text'
import { mentionsIn } from '@/domain/triage/mentions'
import { removeMacro } from '@/domain/triage/remove-macro'
import { saveMacro } from '@/domain/triage/save-macro'
import { type Agent, DecisionWorld, refused } from '@/test/domain/decision/decision-world'

const values = {
  ...{ name: 'Ada {reference}', reference: 'HW-2K7Q-F3AA', category: 'contacts', carrier: 'Harbor' },
  ...{ kind: 'Restore', date: '12 October 2009' },
}

let world: DecisionWorld
let ben: Agent
let carrierId: string

beforeAll(async () => {
  world = await DecisionWorld.begin()
  ben = world.ben
  carrierId = ben.carrierId!
}, 120_000)
afterAll(() => world?.end())

const texts = (more: object = {}) => ({
  ...{ carrierId, code: `m-${randomUUID().slice(0, 8)}`, textEn: 'Hello {name}.', textFr: 'Bonjour { name }.' },
  ...more,
})

describe('a macro', () => {
  it('is filled in, in the language that is asked for', async () => {
    const { macroId } = await saveMacro(ben, texts({ textEn: '{name}, {reference}: {category}, {carrier}' }))
    expect(await renderMacro(ben, { macroId, language: 'en', values })).toBe(
      'Ada {reference}, HW-2K7Q-F3AA: contacts, Harbor',
    )
    expect(await renderMacro(ben, { macroId, language: 'fr', values })).toBe('Bonjour Ada {reference}.')
  })

  it.each(['textEn', 'textFr'] as const)(
    'is refused at its field where %s has a variable that is not known',
    async field => {
      for (const text of ['Hello {nmae}.', 'Hello {name', 'Hello }', 'Hello {}.', 'Hello {{name}}.', 'Hello {NAME}.'])
        await expect(saveMacro(ben, texts({ [field]: text }))).rejects.toMatchObject({
          code: 'unknown-variable',
          field,
        })
    },
  )

  it('is not filled in where its row has a variable that is not known', async () => {
    const { macroId } = await saveMacro(ben, texts())
    await transaction('every-carrier', tx => tx.macro.update({ where: { id: macroId }, data: { textEn: 'Hi {who}' } }))
    await expect(renderMacro(ben, { macroId, language: 'en', values })).rejects.toMatchObject({
      ...{ code: 'unknown-variable', field: 'text' },
    })
  })

  it('has a code that no other of its carrier has, and is not written over unread', async () => {
    const wanted = texts()
    const both = await Promise.allSettled([saveMacro(ben, wanted), saveMacro(ben, wanted)])
    const [failed] = both.flatMap(one => (one.status === 'rejected' ? [one.reason] : []))
    expect(failed).toMatchObject({ code: 'code-used', field: 'code' })
    const [made] = both.flatMap(one => (one.status === 'fulfilled' ? [one.value.macroId] : []))
    await saveMacro(ben, { ...wanted, macroId: made!, version: 1, textEn: 'Changed.' })
    await expect(saveMacro(ben, { ...wanted, macroId: made!, version: 1 })).rejects.toThrow(refused('macro-changed'))
    await removeMacro(ben, { macroId: made! })
    await removeMacro(ben, { macroId: made! })
    await expect(findMacro(ben, made!)).rejects.toThrow(refused('not-found'))
    await saveMacro(ben, wanted)
  })

  it('is a lead’s to write, and another carrier’s neither to write nor to read', async () => {
    const { macroId } = await saveMacro(ben, texts())
    await expect(saveMacro(world.ann, texts())).rejects.toThrow(refused('not-allowed'))
    await expect(saveMacro(ben, texts({ carrierId: null }))).rejects.toThrow(refused('not-found'))
    await expect(saveMacro(world.cleo, texts({ macroId }))).rejects.toThrow(refused('not-found'))
    expect((await listMacros(world.cleo)).map(({ id }) => id)).not.toContain(macroId)
    expect((await listMacrosFor(world.ann, carrierId)).map(({ id }) => id)).toContain(macroId)
  })
})

describe('variables', () => {
  it('are all filled in where none is unknown, and nothing else is changed', () => {
    const part = fc.oneof(fc.constantFrom(...macroVariables.map(name => `{${name}}`)), fc.string({ unit: 'grapheme' }))
    fc.assert(
      fc.property(fc.array(part), parts => {
        const text = parts.join('')
        fc.pre(unknownIn(text).length === 0)
        const marked = Object.fromEntries(macroVariables.map(name => [name, `«${name}»`])) as typeof values
        const filled = fillMacro(text, marked)
        expect(filled).not.toMatch(/[{}]/)
      }),
    )
  })
})

describe('mentions', () => {
  const colleagues = [
    { id: '1', name: 'Ben' },
    { id: '2', name: 'Ben Okafor' },
    { id: '3', name: 'Zoé' },
    { id: '4', name: 'Ann' },
    { id: '5', name: 'ann' },
  ]

  it.each([
    ['@Ben look', { ids: ['1'] }],
    ['@ben okafor, @zoé and @Ben Okafor again', { ids: ['2', '3'] }],
    ['mail ada@ben.example', { ids: [] }],
    ['(@Zoé)', { ids: ['3'] }],
    ['@Benjamin', { ids: [], unknown: ['Benjamin'] }],
    ['@Ann', { ids: [], ambiguous: ['Ann'] }],
    ['at @ 5', { ids: [] }],
  ])('in “%s”', (text, wanted) => {
    expect(mentionsIn(text, colleagues)).toMatchObject({ unknown: [], ambiguous: [], ...wanted })
  })
})
