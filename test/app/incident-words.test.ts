import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { sentenceFor } from '@/messages/translate'

const codeOf = [
  /badInput\(\s*(?:'[^']*'|`[^`]*`),\s*'([a-z-]+)'/g,
  /(?:wrongState|Refusal)\((?:'stale', )?'([a-z-]+)'/g,
  /(?:min|max|regex|string|enum|date|uuid|int|number)\([^()\n]*'([a-z]+(?:-[a-z]+)+)'\)/g,
  /error: '([a-z-]+)'/g,
  /message: '([a-z-]+)'/g,
  /yesOrNo\('([a-z-]+)'\)/g,
]
/** Refused before any person can mean it: screens offer no way to it. */
const neverMet = new Set(['position-unreadable', 'not-found'])

function codesIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => /\.tsx?$/.test(name))
  const texts = files.map(name => readFileSync(path.join(folder, name), 'utf8'))
  return texts.flatMap(text => codeOf.flatMap(pattern => [...text.matchAll(pattern)].map(match => match[1] ?? '')))
}

it('every code by which an incident’s form is refused has a sentence in both languages', () => {
  const codes = new Set(['domain/incident', 'app/admin/incidents', 'app/admin/components'].flatMap(codesIn))
  expect(codes.size).toBeGreaterThan(40)
  for (const language of ['en', 'fr'] as const) {
    const without = [...codes].filter(
      code =>
        !neverMet.has(code) &&
        sentenceFor(language, 'incidents.errors', code) === null &&
        sentenceFor(language, 'refusals', code) === null,
    )
    expect(without, language).toEqual([])
  }
})
