import { describe } from 'vitest'
import type packages from '@/test/support/debian-packages.json'
import { locate } from '@/test/support/locate'

/** Debian programs that tests talk to, by the package each is in: `npm run test:setup` installs them. */
export type Program = Exclude<keyof typeof packages, 'python3-vobject'>

/** A suite that is left out, and reported as left out, where one of the programs is not installed. */
export function describeWith(programs: Program[], name: string, suite: () => void): void {
  const missing = programs.filter(program => locate(program) === null)
  describe.skipIf(missing.length > 0)(missing.length > 0 ? `${name} (needs ${missing.join(', ')})` : name, suite)
}
