import { describe, expect, it } from 'vitest'
import { sourceFiles, targetOf } from '@/test/architecture/source-files'

/** Reads bytes that were recovered, or that lie in a device account or a plan. */
const readsContent = /\bstorage\s*\.(?:read|list)\(|\bsealed\s*\.read\(|\baccount\s*\.fetch\(/
const guard = 'domain/content-right'

/** Of the domain's files that ask whether content may be shown: what screens may take from each. Each of it asks. */
const guarded: Record<string, readonly string[]> = {
  'domain/record/list-records': ['listRecords'],
  'domain/record/read-record': ['readRecord', 'openPhoto'],
  'domain/record/open-original': ['openOriginal'],
  'domain/record/archive': ['archiveFiles'],
  'domain/restore/read-report': ['readOutcomes', 'readUndoOutcomes'],
  'domain/restore/inspect-account': ['inspectAccount'],
}
/** A number, and counts: no content. */
const harmless = ['recordsPerPage', 'readReport']
/** Staff look with a reason: docs/decisions/0031. They have a guard of their own. */
const staffLook = 'domain/record/read-viewed'
/** What somebody sent to support themselves, by mail: nothing that was recovered. Whoever may read its ticket may. */
const sentToSupport = 'domain/triage/open-file'
/** The mail itself, kept aside: whoever decides about it reads it (domain/triage/mail-to-settle.ts asks). */
const mailAside = 'domain/triage/read-sealed-mail'
/** What became of places in a plan that a subscriber has named to support: codes, and nothing that the plan says beside. */
const whatBecame = 'domain/restore/trace-items'

/**
 * Every route that gives out content of a subscriber's, or could: by what it reaches, not by what it means to do. A new one
 * fails here until it stands here, and goes through what guards it.
 */
const routes: Record<string, string> = {
  'app/account/devices/[id]/page': 'domain/restore/inspect-account',
  'app/account/download/archive/route': 'domain/record/archive',
  'app/account/questions/new/open/route': 'domain/restore/read-report',
  'app/account/questions/new/page': 'domain/restore/read-report',
  'app/account/questions/[id]/files/[file]/route': sentToSupport,
  'app/account/records/[id]/[ordinal]/original/route': 'domain/record/open-original',
  'app/account/records/[id]/[ordinal]/page': 'domain/record/read-record',
  'app/account/records/[id]/[ordinal]/preview/route': 'domain/record/read-record',
  'app/account/records/[id]/page': 'domain/record/list-records',
  'app/account/restore/choose/page': 'domain/record/list-records',
  'app/account/restore/rule/page': 'domain/record/list-records',
  'app/account/restores/[id]/page': 'domain/restore/read-report',
  'app/account/restores/[id]/report/page': 'domain/restore/read-report',
  'app/support/looks/[id]/[ordinal]/page': staffLook,
  'app/support/looks/[id]/[ordinal]/preview/route': staffLook,
  'app/support/looks/[id]/page': staffLook,
  'app/support/mail-aside/[id]/let-in/route': mailAside,
  'app/support/mail-aside/[id]/page': mailAside,
  'app/support/tickets/[id]/files/[file]/route': sentToSupport,
  'app/support/tickets/[id]/page': whatBecame,
}

const files = new Map(sourceFiles().map(file => [file.path.replace(/\.tsx?$/, ''), file]))
const textOf = (file: string) => files.get(file)?.text ?? ''

/** What a file runs of ours: itself, and what it takes values from, through whatever lies between but for `ends`. */
function reaches(start: string, ends: readonly string[] = [], seen = new Set<string>()): Set<string> {
  if (seen.has(start)) return seen
  seen.add(start)
  if (ends.includes(start)) return seen
  for (const { specifier, values } of files.get(start)?.imports ?? []) {
    const target = targetOf(start, specifier)
    if (target !== null && (values === null || values.length > 0)) reaches(target, ends, seen)
  }
  return seen
}

const sourcesOf = (route: string, ends: readonly string[]) =>
  [...reaches(route, ends)].filter(file => file.startsWith('domain/') && readsContent.test(textOf(file)))

const allRoutes = [...files.keys()].filter(file => /^app\/(?:.*\/)?(?:page|route)$/.test(file))

describe('content', () => {
  it('is reached by no route that is not listed', () => {
    expect(allRoutes.length).toBeGreaterThan(100)
    const found = allRoutes.filter(route => sourcesOf(route, []).length > 0)
    expect(found.sort()).toEqual(Object.keys(routes).sort())
  })

  it('is reached through a guard only', () => {
    const ends = [...Object.keys(guarded), staffLook, sentToSupport, mailAside, whatBecame]
    for (const [route, through] of Object.entries(routes)) {
      expect([...reaches(route)], route).toContain(through)
      const beside = sourcesOf(route, ends).filter(file => !ends.includes(file))
      expect(beside, route).toEqual([])
    }
  })

  it('is asked for by each guarded file, which gives screens nothing else', () => {
    for (const [file, names] of Object.entries(guarded)) {
      for (const name of names) {
        const body = textOf(file)
          .split(/^export /m)
          .find(part => new RegExp(`function\\*? ${name}\\(`).test(part))
        expect(body, name).toMatch(/await (?:releaseContent|contentStanding)\(actor/)
      }
      expect([...reaches(file)], file).toContain(guard)
      const taken = [...files.values()]
        .filter(({ path }) => path.startsWith('app/'))
        .flatMap(({ path, imports }) => imports.filter(({ specifier }) => targetOf(path, specifier) === file))
        .flatMap(({ values }) => values ?? ['*'])
      expect([...names, ...harmless], file).toEqual(expect.arrayContaining([...new Set(taken)]))
    }
  })
})
