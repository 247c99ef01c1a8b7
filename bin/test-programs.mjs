import { spawnSync } from 'node:child_process'
import { accessSync, constants, readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline/promises'
import { fileURLToPath } from 'node:url'

/** Debian packages that the tests use, by the program that shows that one is there. */
const packages = JSON.parse(
  readFileSync(fileURLToPath(new URL('../test/support/debian-packages.json', import.meta.url)), 'utf8'),
)
const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin', '/sbin']

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const isOnPath = program => folders.some(folder => isExecutable(path.join(folder, program)))
const runs = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

function isThere(program) {
  if (program === 'chromium-headless-shell') {
    if (process.env.CHROMIUM_PATH) return isExecutable(process.env.CHROMIUM_PATH)
    // Whoever has the whole browser needs no second one: it is the same, and slower.
    return isOnPath(program) || isOnPath('chromium')
  }
  // Debian's own Python has Debian's modules; another one may come first in the PATH.
  if (program.startsWith('python3-'))
    return runs('/usr/bin/python3', ['-c', `import ${program.slice('python3-'.length)}`])
  return isOnPath(program)
}

/** The programs that are not installed. */
const missingPrograms = () => Object.keys(packages).filter(program => !isThere(program))

/** The command that may install packages, or null where this user may not or this is no Debian. */
function installer() {
  if (!isOnPath('apt-get')) return null
  if (process.getuid?.() === 0) return []
  if (runs('sudo', ['-n', 'true'])) return ['sudo', '-n']
  return process.stdin.isTTY && isOnPath('sudo') ? ['sudo'] : null
}

async function agrees(names) {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return true
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await asking.question(`Some tests need ${names.join(', ')}. Install with apt-get? [Y/n] `)
  asking.close()
  return /^\s*(?:y|yes|)\s*$/i.test(answer)
}

/**
 * Installs what is missing with apt-get: asks on a terminal, and goes ahead where there is none and it may.
 * Answers what is missing still, with the reason; nothing here throws.
 */
export async function installPrograms(say) {
  const missing = missingPrograms()
  if (missing.length === 0) return { missing, reason: '' }
  const names = missing.map(program => packages[program])
  const prefix = installer()
  if (prefix === null) return { missing, reason: 'apt-get is not here or not allowed to this user' }
  if (!(await agrees(names))) return { missing, reason: 'not wanted' }
  say(`Installing ${names.join(', ')} (apt-get)`)
  const apt = (...args) => {
    const command = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', ...args]
    return spawnSync(command[0], command.slice(1), { stdio: ['ignore', 2, 2] }).status === 0
  }
  const install = () => apt('install', '-y', '--no-install-recommends', ...names)
  // Lists may be missing or old; a whole update is spared where they are not.
  if (!install() && apt('update')) install()
  return { missing: missingPrograms(), reason: 'apt-get could not install it' }
}
