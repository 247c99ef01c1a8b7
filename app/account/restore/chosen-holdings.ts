import type { HoldingView } from '@/domain/record/find-holding'
import type { CategoryOverview } from '@/domain/record/read-overview'

/** What one may ask for: of each kind the newest holding, and an earlier one where that holds more. */
export function offeredHoldings(overview: CategoryOverview[]): { holding: HoldingView; older: boolean }[] {
  return overview.flatMap(({ newest, fuller }) => [
    ...(newest !== null && newest.complete + newest.partial > 0 ? [{ holding: newest, older: false }] : []),
    ...(fuller !== null ? [{ holding: fuller, older: true }] : []),
  ])
}

/** Those of the offered holdings that were chosen; what is no longer offered falls away. */
export function chosenHoldings(overview: CategoryOverview[], take: readonly string[]) {
  return offeredHoldings(overview).filter(({ holding }) => take.includes(holding.id))
}
