import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { describe } from 'vitest'

/** Debian programs that tests talk to, and the package each is in (`npm run test:setup` installs them). */
export const packages = {
  radicale: 'radicale',
  xandikos: 'xandikos',
  apache2: 'apache2',
  'redis-server': 'redis-server',
  chromium: 'chromium',
  vdirsyncer: 'vdirsyncer',
  openssl: 'openssl',
} as const
export type Program = keyof typeof packages

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

/** A suite that is left out, and reported as left out, where one of the programs is not installed. */
export function describeWith(programs: Program[], name: string, suite: () => void): void {
  const missing = programs.filter(program => locate(program) === null)
  describe.skipIf(missing.length > 0)(missing.length > 0 ? `${name} (needs ${missing.join(', ')})` : name, suite)
}
