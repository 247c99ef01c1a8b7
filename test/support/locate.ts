import { accessSync, constants } from 'node:fs'
import path from 'node:path'

const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin', '/sbin']

/** Where a program is, or null where it is not installed. */
export function locate(program: string): string | null {
  for (const folder of folders) {
    const candidate = path.join(folder, program)
    try {
      accessSync(candidate, constants.X_OK)
      return candidate
    } catch {
      // Not in this folder: the next one.
    }
  }
  return null
}
