import type { Finding, Findings } from '@/formats/bagit/finding'

/** A finding as a batch's row keeps it. `about` tells what an interrupted intake looks at again from what it need not. */
export interface StoredFinding extends Finding {
  severity: 'error' | 'warning'
  about: 'bag' | 'files'
}

const keptAtMost = 1000

const stored = (findings: Findings, about: StoredFinding['about']): StoredFinding[] => [
  ...findings.errors.map(finding => ({ ...finding, severity: 'error' as const, about })),
  ...findings.warnings.map(finding => ({ ...finding, severity: 'warning' as const, about })),
]

/** Errors before warnings, the first thousand; a last one says how many more there were. */
export function storedFindings(bag: Findings, files: Findings, earlier: readonly StoredFinding[]): StoredFinding[] {
  const kept = earlier.filter(finding => finding.about === 'files' && finding.code !== 'and-more')
  const all = [...stored(bag, 'bag'), ...kept, ...stored(files, 'files')]
  all.sort((a, b) => (a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1))
  const counted = [bag, files].reduce((sum, one) => sum + one.errorCount + one.warningCount, kept.length)
  if (all.length <= keptAtMost && counted <= all.length) return all
  const more = counted - keptAtMost
  const { severity } = all[keptAtMost] ?? { severity: 'warning' as const }
  return [
    ...all.slice(0, keptAtMost),
    { code: 'and-more', path: null, detail: `And ${more} more.`, severity, about: 'files' },
  ]
}
