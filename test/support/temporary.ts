import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A new folder of its own for one test or server; whoever asked removes it. */
export function temporaryFolder(purpose: string): string {
  return mkdtempSync(path.join(tmpdir(), `homeward-${purpose}-`))
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
}

/** Lets servers that give up root's rights into a temporary folder. */
export function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
}
