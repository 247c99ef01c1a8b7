import type { BagSource } from './bag-source'
import { checkFiles } from './check-files'
import { type CompletenessCode, type Finding, Findings, type FixityCode, type WarningCode } from './finding'
import type { PathLedger } from './path-ledger'
import { noteTwins, surveyBag } from './survey-bag'

export interface BagVerdict {
  /** Complete, and every digest of every manifest is that of its file (RFC 8493 section 3). */
  valid: boolean
  complete: boolean
  /** As declared, null where that cannot be read. */
  version: string | null
  /** The first 1,000 of each; the counts are of all. */
  errors: Finding<CompletenessCode | FixityCode>[]
  warnings: Finding<WarningCode>[]
  errorCount: number
  warningCount: number
}

/** Judges one bag strictly. `name` is its key in the source, "" where the source is the bag. The ledger is left full. */
export async function validateBag(source: BagSource, name: string, ledger: PathLedger): Promise<BagVerdict> {
  const findings = new Findings()
  const survey = await surveyBag(source, name, ledger, findings)
  for await (const _ of checkFiles(source, survey, ledger, findings));
  await noteTwins(ledger, findings)
  const { errors, warnings, errorCount, warningCount, complete } = findings
  const version = survey.declaration.version
  return { valid: errorCount === 0, complete, version, errors, warnings, errorCount, warningCount }
}
