import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { BenchInstallation } from '@/bench/installation'
import { system } from '@/domain/actor'
import { intakeBatch } from '@/domain/recovery/intake-batch'
import { listHoldings } from '@/domain/recovery/list-holdings'
import { lookForBatches } from '@/domain/recovery/look-for-batches'
import { addAccount } from '@/domain/restore/add-account'
import { advanceRun } from '@/domain/restore/advance-run'
import { approveRequest } from '@/domain/restore/approve-request'
import { fileRequest } from '@/domain/restore/file-request'
import { type CategoryReport, readReport } from '@/domain/restore/read-report'
import { addSubscriber } from '@/domain/subscriber/add-subscriber'
import { reader } from '@/domain/transaction'
import { makeBag } from '@/test/support/make-bag'

const operator = system('bench')

/** Contacts as people have them: name, two numbers, an address, a note. */
export function* cards(count: number): Iterable<string> {
  for (let i = 0; i < count; i++) {
    const number = String(i).padStart(7, '0')
    yield [
      'BEGIN:VCARD',
      'VERSION:3.0',
      `UID:bench-${number}@sync.example`,
      `N:Family${i % 977};Given${i};;;`,
      `FN:Given${i} Family${i % 977}`,
      `TEL;TYPE=CELL:+1206${number}`,
      `TEL;TYPE=HOME:+1418${number}`,
      `EMAIL;TYPE=INTERNET:given${i}@people.example`,
      `ADR;TYPE=HOME:;;${i} Lake Street;Harbor;WA;98101;USA`,
      `NOTE:Met ${i} times\\, likes rye bread`,
      'END:VCARD',
      '',
    ].join('\r\n')
  }
}

/** A subscriber whose batch of `count` contacts has been taken in. */
export async function subscriberWith(at: BenchInstallation, carrierSlug: string, count: number): Promise<string> {
  const accountId = `B-${randomUUID().slice(0, 8)}`
  const id = await addSubscriberTo(at, carrierSlug, accountId)
  await makeBatch(at.backup, accountId, count)
  await takeIn(at, accountId)
  return id
}

export async function addSubscriberTo(at: BenchInstallation, carrierSlug: string, accountId: string): Promise<string> {
  const email = `${accountId.toLowerCase()}@people.example`
  return (await addSubscriber(operator, at.services.secrets, { carrierSlug, accountId, email })).id
}

/** Writes a batch of that name with the subscriber's contacts. */
export async function makeBatch(backup: string, accountId: string, count: number): Promise<void> {
  const files = { [`${accountId}/contacts.vcf`]: [...cards(count)].join('') }
  const info = { 'Homeward-Incident': 'bench', 'Homeward-As-Of': '2009-10-01T00:00:00Z' }
  await makeBag(backup, { name: accountId, files, info })
}

export async function takeIn(at: BenchInstallation, name: string): Promise<void> {
  await lookForBatches(operator, at.services, name)
  const batch = await reader('every-carrier').recoveryBatch.findUniqueOrThrow({ where: { name } })
  await intakeBatch(operator, batch.id, at.services)
}

/** Files, approves and runs a restore of everything; seconds are those of the run alone. */
export async function restoreAll(
  at: BenchInstallation,
  subscriberId: string,
  url: string,
  /** Called when all is ready and only the run is left to do. */
  ready?: () => Promise<unknown>,
): Promise<{ seconds: number; contacts: CategoryReport }> {
  const { id: accountId } = await addAccount(operator, at.services, { kind: 'dav', subscriberId, url })
  const holdings = await listHoldings(operator, { subscriberId })
  const { id } = await fileRequest(operator, {
    subscriberId,
    accountId,
    holdingIds: holdings.map(one => one.id),
    rule: 'keep_both',
    filingKey: randomUUID(),
  })
  const { runId } = await approveRequest(operator, { requestId: id })
  await ready?.()
  const started = performance.now()
  const signal = new AbortController().signal
  for (;;) {
    const next = await advanceRun(at.services, { runId: runId!, signal, sliceMs: 600_000 })
    if (next.kind === 'ended') break
    throw new Error('The run met trouble.')
  }
  const seconds = (performance.now() - started) / 1000
  const { categories } = await readReport(operator, id)
  return { seconds, contacts: categories.contacts! }
}

/** The local DAV sink in a process of its own, so that it does not share our core. */
export async function startSink(delayMs = 2): Promise<{ url: string; files: string; stop(): void }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bench/dav-sink.ts', String(delayMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { ...(JSON.parse(line.toString()) as { url: string; files: string }), stop: () => child.kill() }
}
