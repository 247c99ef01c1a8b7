import { spawnSync } from 'node:child_process'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 100

/**
 * When a process began, in whatever this system counts by; null where no such process lives. A number that was given
 * to a new process since then does not pass for the old one.
 */
export function processStart(pid) {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() || null
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

function ownerOf(file) {
  try {
    const [pid = '', started = ''] = readFileSync(file, 'utf8').split('\n')
    return { pid: Number(pid), started }
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}

const lives = owner => processStart(owner.pid) === owner.started

// A link appears with its content or not at all, and never replaces one that is there.
function tryCreate(file) {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${process.pid}\n${processStart(process.pid)}`)
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft)
  }
}

// Removing a dead owner's lock is itself guarded, or two who found it dead could remove each other's new one.
function removeDead(file) {
  const guard = `${file}.takeover`
  if (!tryCreate(guard)) {
    const taking = ownerOf(guard)
    if (taking && !lives(taking)) rmSync(guard, { force: true })
    return
  }
  const owner = ownerOf(file)
  if (owner && !lives(owner)) rmSync(file, { force: true })
  rmSync(guard, { force: true })
}

/**
 * Runs `work` while no other living process holds the same lock file. A process that was killed holds nothing.
 * `onWait` is told once, with the other's process id, when there is somebody to wait for.
 */
export async function withProcessLock(file, work, onWait) {
  let told = false
  while (!tryCreate(file)) {
    const owner = ownerOf(file)
    if (owner && !lives(owner)) removeDead(file)
    else if (owner) {
      if (!told) onWait?.(owner.pid)
      told = true
      await sleep(POLL_MS)
    }
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}
