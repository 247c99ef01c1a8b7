import { spawnSync } from 'node:child_process'
import { describe } from 'vitest'
import type packages from '@/test/support/debian-packages.json'
import { locate } from '@/test/support/locate'

/** Debian programs that tests talk to, by the package each is in: `npm run test:setup` installs them. */
export type Program = keyof typeof packages

/** Debian's own Python, which knows Debian's packages; the first on the PATH may be another. */
export const debianPython = '/usr/bin/python3'

/** A package of Python has no program of its own: whether it is there, Python says. */
function isInstalled(program: Program): boolean {
  if (!program.startsWith('python3-')) return locate(program) !== null
  const module = program.slice('python3-'.length)
  return spawnSync(debianPython, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0
}

/** A suite that is left out, and reported as left out, where one of the programs is not installed. */
export function describeWith(programs: Program[], name: string, suite: () => void): void {
  const missing = programs.filter(program => !isInstalled(program))
  describe.skipIf(missing.length > 0)(missing.length > 0 ? `${name} (needs ${missing.join(', ')})` : name, suite)
}
