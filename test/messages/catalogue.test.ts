import { describe, expect, it } from 'vitest'
import { outcomeReasons, outcomes, undoOutcomes } from '@/domain/restore/outcome'
import { declineReasons } from '@/domain/restore/restore-inputs'
import { waitReasons } from '@/domain/restore/wait-reason'
import { missingFields } from '@/formats/icalendar/assess-record'
import { en } from '@/messages/en'
import { fr } from '@/messages/fr'
import { type CodePart, sentenceFor } from '@/messages/translate'

// What the card reader calls missing: the kinds of fields, and what may be wrong with the card as a whole.
const cardFields = [
  'name',
  'phone',
  'email',
  'address',
  'organization',
  'title',
  'birthday',
  'url',
  'note',
  'im',
  'photo',
  'unreadable-line',
  'cut-off',
]

const exceptionReasons = [
  'unknown-file',
  'malformed-path',
  'unknown-subscriber',
  'subscriber-of-two-carriers',
  'other-component',
  'expected-malformed',
  'unknown-carrier',
  'no-incident',
  'malformed-incident',
  'no-as-of',
  'malformed-as-of',
]

function flatten(node: unknown, path: string[] = []): [string, string][] {
  if (typeof node === 'string') return [[path.join('.'), node]]
  return Object.entries(node as object).flatMap(([key, value]) => flatten(value, [...path, key]))
}

const english = new Map(flatten(en))
const french = new Map(flatten(fr))

/** Names of a message's arguments, and its tags. A plural's arms are words of the language and left out. */
function argumentsOf(message: string): string[] {
  const named = [...message.matchAll(/\{(\w+)(?=[,}])/g)].map(([, name]) => name)
  const tags = [...message.matchAll(/<(\w+)>/g)].map(([, tag]) => `<${tag}>`)
  return [...new Set([...named, ...tags])].map(String).sort()
}

describe('the two catalogues', () => {
  it('have the same keys', () => {
    expect([...french.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it('ask for the same arguments, key by key', () => {
    const differing = [...english].filter(
      ([key, message]) => argumentsOf(message).join() !== argumentsOf(french.get(key) ?? '').join(),
    )
    expect(differing.map(([key]) => key)).toEqual([])
  })

  it('say nothing empty and hold no apostrophe that ICU would take for a quotation', () => {
    for (const [key, message] of [...english, ...french]) {
      expect(message.trim(), key).not.toBe('')
      expect(message, key).not.toMatch(/'/)
    }
  })

  it('never beg, never apologise and never blame where something is to be put right', () => {
    const blaming = /\b(please|sorry|oops|invalid|forbidden|illegal|s[’']il vous pla[iî]t|désolé|invalide|interdit)\b/i
    for (const [key, message] of [...english, ...french]) expect(message, key).not.toMatch(blaming)
  })
})

describe('French typography', () => {
  it('keeps ; ! ? : and guillemets on their line', () => {
    for (const [key, message] of french) {
      expect(message, key).not.toMatch(/ [;!?]/)
      expect(message, key).not.toMatch(/ :(?!:)/)
      expect(message, key).not.toMatch(/« | »/)
      expect(message.replaceAll(/https?:/g, ''), key).not.toMatch(/[\p{L}\d)][;!?]/u)
    }
  })
})

describe('every code that reaches a person has a sentence in both languages', () => {
  const parts: [CodePart, readonly string[]][] = [
    ['reasons.outcome', outcomeReasons],
    ['reasons.outcomes', outcomes],
    ['reasons.undo', [...undoOutcomes, 'changed-since']],
    ['reasons.waitForSupport', Object.keys(waitReasons)],
    ['reasons.decline', declineReasons],
    ['reasons.declineForSupport', declineReasons],
    ['reasons.missing', [...missingFields, ...cardFields, 'other']],
    [
      'reasons.damage',
      ['no-structure', 'cut-off', 'not-text', 'nothing-readable', 'unsupported', 'too-large', 'other'],
    ],
    ['reasons.exceptions', exceptionReasons],
    [
      'refusals',
      ['not-found', 'not-allowed', 'wrong-state', 'stale', 'needs-proof', 'bad-input', 'form-expired', 'our-fault'],
    ],
  ]
  for (const [part, codes] of parts) {
    it(part, () => {
      for (const language of ['en', 'fr'] as const)
        expect(
          codes.filter(code => sentenceFor(language, part, code) === null),
          language,
        ).toEqual([])
    })
  }

  it('reasons.wait: what happened and what to do', () => {
    for (const catalogue of [en, fr])
      for (const reason of Object.keys(waitReasons)) {
        const said = (catalogue.reasons.wait as Record<string, { title: string; text: string } | undefined>)[reason]
        expect(said?.title, reason).toBeTruthy()
        expect(said?.text, reason).toBeTruthy()
      }
  })
})
