export interface Counts {
  passed: number
  failed: number
  skipped: number
  leftOut: string[]
}
export const nothing: Counts
export function asOne(ok: boolean): Counts
export function vitestCounts(file: string, ok: boolean): Counts
export function playwrightCounts(file: string, ok: boolean): Counts
export function sum(all: Counts[]): Counts
export function summaryLine(counts: Counts): string
