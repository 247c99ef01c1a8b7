import { system } from '@/domain/actor'
import {
  changeRun,
  handOverLease,
  type Lease,
  LeaseLost,
  leaseSeconds,
  releaseLease,
  renewLease,
  takeLease,
} from '@/domain/restore/account-lease'
import type { Discovery } from '@/domain/restore/device-account'
import { endRun } from '@/domain/restore/end-run'
import { type LoadedRun, loadRun } from '@/domain/restore/load-run'
import { moveRequest, tellStarted } from '@/domain/restore/move-request'
import { noteHost } from '@/domain/restore/note-host'
import type { RestoreOutside } from '@/domain/restore/outside'
import { type CategoryWork, restoreCategory } from '@/domain/restore/restore-category'
import { type Trouble, troubleOf } from '@/domain/restore/run-trouble'
import { undoCategory } from '@/domain/restore/undo-category'
import { waitOpenly } from '@/domain/restore/wait-openly'
import { transaction } from '@/domain/transaction'
import type { RunCategory } from '@/prisma/generated/client'

/** What the worker does next with this run. */
export type Advance =
  | { kind: 'ended' }
  /** Another run has the account, this slice is over, or the server wants rest. */
  | { kind: 'again'; at: Date }

export interface AdvanceInput {
  runId: string
  /** Fires when the worker must let go between two records. */
  signal: AbortSignal
  /** How long one slice may take before others get their turn, in milliseconds. */
  sliceMs?: number
}

const busyRetryMs = 3_000
/** Tries before the subscriber is told that the server cannot be reached; each waits twice as long as the one before. */
const patience = 5
const firstRestMs = 2_000

/** Goes on with a run for one slice: every category as far as it goes, whatever became of the others. */
export async function advanceRun(outside: RestoreOutside, input: AdvanceInput): Promise<Advance> {
  const run = await loadRun(input.runId)
  if (!run || run.status === 'done' || run.status === 'stopped' || run.status === 'held') return { kind: 'ended' }
  const lease = await takeLease(run.accountId, run.id)
  if (!lease) return { kind: 'again', at: new Date(Date.now() + busyRetryMs) }
  // Renewed while slow requests are under way, so that a slow server does not cost us the account.
  const renewal = setInterval(() => {
    transaction('every-carrier', tx => renewLease(tx, lease)).catch(error => {
      if (!(error instanceof LeaseLost)) outside.report(error)
    })
  }, 8_000)
  let goesOn = false
  try {
    const next = await advance(outside, run, lease, input)
    goesOn = next.kind === 'again' && next.at.getTime() - Date.now() < (leaseSeconds * 1000) / 2
    return next
  } catch (error) {
    if (error instanceof LeaseLost) return { kind: 'again', at: new Date(Date.now() + busyRetryMs) }
    throw error
  } finally {
    clearInterval(renewal)
    await (goesOn ? handOverLease(lease) : releaseLease(lease))
  }
}

async function advance(outside: RestoreOutside, run: LoadedRun, lease: Lease, input: AdvanceInput): Promise<Advance> {
  await start(run, lease)
  outside.live.changed(run.requestId)
  const until = Date.now() + (input.sliceMs ?? 20_000)
  const letGo = (): boolean => input.signal.aborted || Date.now() >= until
  const account = await outside.openAccount(run.request.account, input.signal)
  let discovery: Promise<Discovery> | undefined
  const work: CategoryWork = {
    outside,
    run,
    lease,
    account,
    discover: () => {
      discovery ??= account.discover()
      return discovery
    },
    letGo,
    changed: () => outside.live.changed(run.requestId),
  }
  const troubles: Troubled[] = []
  const goThrough = run.kind === 'restore' ? restoreCategory : undoCategory
  let cut = false
  try {
    for (const row of inTurn(run.categories)) {
      cut ||= letGo()
      if (cut) break
      const wall = troubles.find(({ trouble }) => trouble.wholeServer && row.category !== 'photos')
      try {
        if (wall) throw new SameWall(wall.trouble)
        const end = await goThrough(work, row)
        if (end === 'vanishing') return await hold(outside, run, lease)
        cut = end === 'let-go'
      } catch (error) {
        // Told to let go, what was under way broke off: that is nobody's trouble.
        if (input.signal.aborted && !(error instanceof LeaseLost)) return { kind: 'again', at: new Date() }
        const trouble = error instanceof SameWall ? error.trouble : troubleOf(error)
        if (trouble.reason === 'our-fault') outside.report(error)
        troubles.push({ row, trouble })
        await noteTrouble(lease, row, trouble)
        work.changed()
      }
    }
  } finally {
    await account.close()
  }
  if (input.signal.aborted) return { kind: 'again', at: new Date() }
  if (troubles.length > 0) return await wait(outside, run, lease, troubles)
  if (cut) return { kind: 'again', at: new Date() }
  await noteHost(account.host, null)
  await endRun(run, lease)
  outside.live.changed(run.requestId)
  return { kind: 'ended' }
}

/** What met trouble goes after the rest, the longest untried first: a category that eats up every slice starves no other. */
function inTurn(rows: RunCategory[]): RunCategory[] {
  const open = rows.filter(row => row.step !== 'done')
  const troubled = open.filter(row => row.trouble !== null)
  troubled.sort((a, b) => a.updatedAt.getTime() - b.updatedAt.getTime())
  return [...open.filter(row => row.trouble === null), ...troubled]
}

/** A category meets the wall another one met: it is not asked again, but says why. */
class SameWall extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble.detail)
  }
}

async function start(run: LoadedRun, lease: Lease): Promise<void> {
  if (run.status === 'running') return
  await transaction('every-carrier', async tx => {
    const now = new Date()
    await changeRun(tx, lease, {
      status: 'running',
      waitReason: null,
      startedAt: run.startedAt ?? now,
      progressAt: now,
    })
    if (run.request.status === 'approved') {
      await moveRequest(tx, system('worker'), run.request, 'start', 'request.started', { runId: run.id })
    } else if (run.startedAt === null && run.kind === 'restore')
      await tellStarted(tx, system('worker'), run.request, run.id)
  })
}

async function noteTrouble(lease: Lease, row: RunCategory, trouble: Trouble): Promise<void> {
  await transaction('every-carrier', async tx => {
    await renewLease(tx, lease)
    await tx.runCategory.update({ where: { id: row.id }, data: { trouble: trouble.reason, updatedAt: new Date() } })
  })
}

/** Device overwrites are the person's to stop: we hold, say so, and push nothing more into the account. */
async function hold(outside: RestoreOutside, run: LoadedRun, lease: Lease): Promise<Advance> {
  await transaction('every-carrier', async tx => {
    await changeRun(tx, lease, { status: 'held', waitReason: 'vanishing' })
    await moveRequest(
      tx,
      system('worker'),
      await tx.restoreRequest.findUniqueOrThrow({ where: { id: run.requestId } }),
      'hold',
      'request.held',
      {
        runId: run.id,
        reason: 'vanishing',
      },
    )
  })
  outside.live.changed(run.requestId)
  return { kind: 'ended' }
}

interface Troubled {
  row: RunCategory
  trouble: Trouble
}

/** Everything that could be done is done. What is transient is tried again by itself; what needs somebody waits openly. */
async function wait(outside: RestoreOutside, run: LoadedRun, lease: Lease, troubles: Troubled[]): Promise<Advance> {
  const passing = troubles.filter(({ trouble }) => rank(trouble) === 0)
  const ofHost = passing.find(({ row }) => !isElsewhere(run, row))
  if (ofHost) await noteHost(run.request.account.host, ofHost.trouble)
  const soon = run.tries < patience ? nextTry(run, passing) : null
  if (soon) await transaction('every-carrier', tx => changeRun(tx, lease, { tries: { increment: 1 } }))
  if (soon && passing.length === troubles.length) return { kind: 'again', at: soon }

  const worst = troubles.map(({ trouble }) => trouble).sort((a, b) => rank(b) - rank(a))[0]!
  const later = await waitOpenly(run, lease, worst)
  outside.live.changed(run.requestId)
  // What passes by itself is not kept waiting for a person; but a password that was refused is not tried over and over.
  const at = worst.reason === 'password-refused' ? later : (soon ?? later)
  return at === null ? { kind: 'ended' } : { kind: 'again', at }
}

/** When to try again what passes by itself: when its server says, else after a rest that doubles; null where nothing does. */
function nextTry(run: LoadedRun, passing: Troubled[]): Date | null {
  const rested = Date.now() + firstRestMs * 2 ** run.tries
  const times = passing.map(({ trouble }) => trouble.retryAt?.getTime() ?? rested)
  return times.length === 0 ? null : new Date(Math.min(...times))
}

/** Files may lie on another server, whose trouble must not hold back everybody's work on this one. */
function isElsewhere({ request: { account } }: LoadedRun, { category, collectionUrl }: RunCategory): boolean {
  const { filesUrl, host } = account
  if (filesUrl === null || new URL(filesUrl).origin === host) return false
  return category === 'photos' || (collectionUrl?.startsWith(filesUrl) ?? false)
}

const rank = ({ reason }: Trouble): number =>
  reason === 'server-unreachable' || reason === 'server-busy' ? 0 : reason === 'our-fault' ? 1 : 2
