import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { asOne, playwrightCounts, sum, summaryLine, vitestCounts } from '@/bin/test-results.mjs'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

const folder = temporaryFolder('results')
afterAll(() => removeFolder(folder))

function report(content: unknown): string {
  const file = path.join(folder, 'report.json')
  writeFileSync(file, JSON.stringify(content))
  return file
}

const vitest = (more: object = {}) => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 0,
  testResults: [
    {
      status: 'passed',
      assertionResults: [{ status: 'pending', ancestorTitles: ['Radicale (needs radicale)'], title: 'x' }],
    },
  ],
  ...more,
})

it('counts tests, and names the suites that were left out', () => {
  const counts = vitestCounts(report(vitest()), true)
  expect(counts).toEqual({ passed: 3, failed: 0, skipped: 1, leftOut: ['Radicale (needs radicale)'] })
})

it('counts a file that could not be collected, and a run that ended badly, as a failure', () => {
  const uncollected = vitest({ testResults: [{ status: 'failed', assertionResults: [] }] })
  expect(vitestCounts(report(uncollected), false).failed).toBe(1)
  expect(vitestCounts(report(vitest()), false).failed).toBe(1)
  expect(vitestCounts(path.join(folder, 'none.json'), true).failed).toBe(1)
})

it('counts a browser test that passed at the second attempt only as failed', () => {
  const file = report({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 } })
  expect(playwrightCounts(file, false)).toMatchObject({ passed: 5, failed: 2, skipped: 2 })
})

it('sums up in the line that a machine reads', () => {
  const total = sum([asOne(true), asOne(false), vitestCounts(report(vitest()), true)])
  expect(summaryLine(total)).toBe('4 passed, 1 failed, 1 skipped')
})
