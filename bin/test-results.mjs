import { existsSync, readFileSync } from 'node:fs'

/**
 * What came of one step: counts, and the names of what was left out.
 * @typedef {{ passed: number, failed: number, skipped: number, leftOut: string[] }} Counts
 */

export const nothing = { passed: 0, failed: 0, skipped: 0, leftOut: [] }

/** A check that passes or fails as a whole. */
export const asOne = ok => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, leftOut: [] })

const read = file => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null)

// A run that ended badly without a failed test (a file that cannot be loaded, an error nobody caught) is a failure too.
const atLeastOneFailure = (counts, ok) => (ok || counts.failed > 0 ? counts : { ...counts, failed: 1 })

/** Vitest's JSON report. A test file that could not even be collected counts as one failure. */
export function vitestCounts(file, ok) {
  const report = read(file)
  if (!report) return asOne(false)
  const uncollected = report.testResults.filter(one => one.status === 'failed' && one.assertionResults.length === 0)
  const leftOut = report.testResults
    .flatMap(one => one.assertionResults)
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .map(({ ancestorTitles, title }) => ancestorTitles[0] ?? title)
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + uncollected.length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    leftOut: [...new Set(leftOut)],
  }
  return atLeastOneFailure(counts, ok)
}

/** Playwright's JSON report. A test that passed at the second attempt only has failed. */
export function playwrightCounts(file, ok) {
  const report = read(file)
  if (!report) return asOne(false)
  const { expected, unexpected, flaky, skipped } = report.stats
  const leftOut = skipped > 0 ? [`${skipped} browser tests`] : []
  return atLeastOneFailure({ passed: expected, failed: unexpected + flaky, skipped, leftOut }, ok)
}

export function sum(all) {
  const total = { ...nothing, leftOut: [] }
  for (const { passed, failed, skipped, leftOut } of all) {
    total.passed += passed
    total.failed += failed
    total.skipped += skipped
    total.leftOut.push(...leftOut)
  }
  return total
}

export const summaryLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`
