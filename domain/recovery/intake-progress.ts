import type { BegunIntake } from '@/domain/recovery/begin-intake'
import type { Examined } from '@/domain/recovery/examine-content'
import type { ExpectedCount, ExpectedLine } from '@/domain/recovery/expected-counts'
import { HoldingGroups } from '@/domain/recovery/holding-groups'
import { type StoredFinding, storedFindings } from '@/domain/recovery/intake-findings'
import { expectedPath, storeExceptions, storeExpected, storeGroups } from '@/domain/recovery/store-intake'
import { erasedAmong } from '@/domain/retention/erased-account'
import type { Secrets } from '@/domain/subscriber/secrets'
import { type Tx, transaction } from '@/domain/transaction'
import type { CheckedFile } from '@/formats/bagit/check-files'
import type { Findings } from '@/formats/bagit/finding'

const groupsAtOnce = 500
const linesAtOnce = 1000
const savedEveryMs = 2000

const accountOf = (path: string): string[] => path.split('/').slice(1, 2)

/** Keeps what an intake found in the database, a bounded piece at a time, and with each piece how far it got. */
export class IntakeProgress {
  /** Another worker got further with this batch: nothing more of ours counts. */
  lost = false

  private readonly groups: HoldingGroups
  private expectedLines: { line: number; expected: ExpectedCount }[] = []
  private malformedLines: { path: string; reason: 'expected-malformed'; detail: string }[] = []
  private savedRows: number
  private savedAt = Date.now()

  constructor(
    private readonly begun: BegunIntake,
    private readonly bag: Findings,
    private readonly files: Findings,
    private readonly secrets: Secrets,
  ) {
    this.groups = new HoldingGroups(begun.settledRows)
    this.savedRows = begun.settledRows
  }

  /** The batch's row as it is while nobody else got further with it: what a decision depends on. */
  get standing(): { checkedFiles: number; seenAt: Date } {
    return { checkedFiles: this.savedRows, seenAt: this.begun.seenAt }
  }

  /** Everything found so far, for the batch's row. */
  get findings(): StoredFinding[] {
    return storedFindings(this.bag, this.files, this.begun.findings)
  }

  /** Whether the bag is not valid. */
  get faulty(): boolean {
    const before = this.begun.findings.some(({ about, severity }) => about === 'files' && severity === 'error')
    return before || this.bag.errorCount + this.files.errorCount > 0
  }

  async file(file: CheckedFile<Examined>): Promise<void> {
    this.groups.add(file)
    const { groups, exceptions } = this.groups
    const full = groups.length + exceptions.length >= groupsAtOnce
    if (full || Date.now() - this.savedAt > savedEveryMs) await this.save(false)
  }

  async expected(line: ExpectedLine): Promise<void> {
    if ('expected' in line) this.expectedLines.push(line)
    else {
      const { line: number, malformed } = line
      this.malformedLines.push({ path: expectedPath(number), reason: 'expected-malformed', detail: malformed })
    }
    if (this.expectedLines.length + this.malformedLines.length >= linesAtOnce) await this.saveExpected()
  }

  /** Writes what is whole; at the `end` everything is. */
  async save(end: boolean): Promise<void> {
    if (this.lost) return
    await this.saveExpected()
    if (this.lost) return
    if (end) this.groups.end()
    const { groups, exceptions, settledRows } = this.groups
    this.groups.groups = []
    this.groups.exceptions = []
    const { batch } = this.begun
    const findings = JSON.stringify(this.findings)
    this.lost = !(await transaction('every-carrier', async tx => {
      // Naming how far we got before makes of two workers on one batch a winner and one that stops.
      const moved = await tx.$executeRaw`
        UPDATE recovery_batches SET checked_files = ${settledRows}, findings = ${findings}::jsonb
        WHERE id = ${batch.id}::uuid AND status = 'arriving' AND checked_files = ${this.savedRows}
          AND seen_at = ${this.begun.seenAt}::timestamptz`
      if (moved === 0) return false
      const paths = [...groups, ...exceptions].map(one => one.path)
      const erased = await this.erased(tx, [...groups.map(one => one.accountId), ...paths.flatMap(accountOf)])
      await storeGroups(tx, batch, groups, erased)
      await storeExceptions(tx, batch, exceptions, erased)
      return true
    }))
    this.savedRows = settledRows
    this.savedAt = Date.now()
  }

  private async saveExpected(): Promise<void> {
    const lines = this.expectedLines
    const malformed = this.malformedLines
    if (lines.length + malformed.length === 0) return
    this.expectedLines = []
    this.malformedLines = []
    const { batch } = this.begun
    this.lost ||= !(await transaction('every-carrier', async tx => {
      const ours = await tx.$queryRaw<unknown[]>`
        SELECT FROM recovery_batches
        WHERE id = ${batch.id}::uuid AND status = 'arriving' AND seen_at = ${this.begun.seenAt}::timestamptz FOR SHARE`
      if (ours.length === 0) return false
      const erased = await this.erased(
        tx,
        lines.map(one => one.expected.accountId),
      )
      await storeExpected(tx, batch, lines, erased)
      await storeExceptions(tx, batch, malformed, erased)
      return true
    }))
  }

  /** Who of these was erased. A carrier that nobody knows has erased nobody. */
  private async erased(tx: Tx, accountIds: readonly string[]): Promise<ReadonlySet<string>> {
    const { carrierId, carrierUnknown } = this.begun.batch
    return carrierUnknown ? new Set() : erasedAmong(tx, this.secrets, carrierId, accountIds)
  }
}
