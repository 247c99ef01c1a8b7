import type { Report } from '@/domain/restore/read-report'
import { reader } from '@/domain/transaction'
import type { Contents } from '@/test/campaign/contents'
import type { Person } from '@/test/campaign/material'

const outcomes = ['created', 'merged', 'keptBoth', 'alreadyPresent', 'skipped', 'failed'] as const

/** What is wrong after a restore: lost, twice, not accounted for. Empty where everything holds. */
export async function examineRestore(person: Person, report: Report, contents: Contents): Promise<string[]> {
  const wrong: string[] = []
  const { expected } = person
  if (report.state !== 'done') wrong.push(`is ${report.state}`)
  for (const [category, counts] of Object.entries(expected.counts)) {
    const told = report.categories[category as keyof Report['categories']]
    if (!told) {
      wrong.push(`${category} is missing in the report`)
      continue
    }
    for (const outcome of outcomes) {
      if (told[outcome] !== (counts[outcome] ?? 0)) {
        wrong.push(`${category}: ${outcome} is ${told[outcome]}, not ${counts[outcome] ?? 0}`)
      }
    }
    const sum = outcomes.reduce((total, outcome) => total + told[outcome], 0)
    if (told.found !== sum) wrong.push(`${category}: ${told.found} found, ${sum} accounted for`)
    const pushed = told.created + told.merged + told.keptBoth
    if (told.verified !== pushed) wrong.push(`${category}: ${pushed} pushed, ${told.verified} verified`)
  }
  wrong.push(...(await unsettled(report.request)))
  const texts = Object.values(contents.items)
  for (const [token, count] of expected.tokens) {
    const there = texts.filter(text => text.includes(token)).length
    if (there !== count) wrong.push(`${token} is there ${there} times, not ${count}`)
  }
  if (texts.length !== expected.items) wrong.push(`${texts.length} items are there, not ${expected.items}`)
  wrong.push(...twiceTheUid(contents), ...differences('photo', expected.photos, contents.photos))
  return wrong.map(one => `${person.name} (${person.rule}): ${one}`)
}

/** What an undo left otherwise than it was before the restore. */
export function examineUndo(person: Person, report: Report, before: Contents, after: Contents): string[] {
  const wrong: string[] = []
  if (report.state !== 'undone') wrong.push(`is ${report.state}`)
  for (const [category, counts] of Object.entries(report.undo ?? {})) {
    if (counts.spared || counts.failed) wrong.push(`${category}: ${JSON.stringify(counts)} undone`)
    const sum = Object.values(counts).reduce((total, count) => total + count, 0)
    const found = report.categories[category as keyof Report['categories']]?.found
    if (sum !== found) wrong.push(`${category}: ${found} found, ${sum} looked at by the undo`)
  }
  wrong.push(...differences('item', before.items, after.items), ...differences('photo', before.photos, after.photos))
  return wrong.map(one => `${person.name} (${person.rule}) after the undo: ${one}`)
}

/** Every ordinal of every plan of the request's runs stands in exactly one committed chunk. */
async function unsettled(requestId: string): Promise<string[]> {
  const chunks = await reader('every-carrier').outcomeChunk.findMany({
    where: { run: { requestId, kind: 'restore' } },
    orderBy: { fromOrdinal: 'asc' },
  })
  const rows = await reader('every-carrier').runCategory.findMany({ where: { run: { requestId, kind: 'restore' } } })
  return rows.flatMap(({ category, planned }) => {
    const ordinals = chunks
      .filter(one => one.category === category)
      .flatMap(one => (one.outcomes as unknown as { n: number }[]).map(({ n }) => n))
    const isWhole = ordinals.length === planned && ordinals.every((n, i) => n === i)
    return isWhole ? [] : [`${category}: of ${planned} planned these are committed: ${ordinals.join(' ')}`]
  })
}

function twiceTheUid({ items }: Contents): string[] {
  const seen = new Map<string, string>()
  const wrong: string[] = []
  for (const [place, text] of Object.entries(items)) {
    const uid = /^UID:(.*?)\r?$/m.exec(text.replace(/\r?\n[ \t]/g, ''))?.[1] ?? ''
    const key = `${place.split('/')[0]} ${uid}`
    const other = seen.get(key)
    if (other) wrong.push(`${place} and ${other} have the same UID`)
    seen.set(key, place)
  }
  return wrong
}

function differences(what: string, before: Record<string, string>, after: Record<string, string>): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap(name => {
    if (!(name in after)) return [`the ${what} ${name} is gone`]
    if (!(name in before)) return [`the ${what} ${name} is too much`]
    return before[name] === after[name] ? [] : [`the ${what} ${name} differs:\n${before[name]}\n---\n${after[name]}`]
  })
}
