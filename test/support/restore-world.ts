import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { type OpenServices, openServices } from '@/bin/services'
import { system } from '@/domain/actor'
import { intakeBatch } from '@/domain/recovery/intake-batch'
import { listHoldings } from '@/domain/recovery/list-holdings'
import { lookForBatches } from '@/domain/recovery/look-for-batches'
import type { AddAccountInput } from '@/domain/restore/account-inputs'
import { addAccount } from '@/domain/restore/add-account'
import { advanceRun } from '@/domain/restore/advance-run'
import { approveRequest } from '@/domain/restore/approve-request'
import { fileRequest } from '@/domain/restore/file-request'
import { type RecordOutcome, type Report, readOutcomes, readReport } from '@/domain/restore/read-report'
import type { AskedRule } from '@/domain/restore/restore-inputs'
import { undoRequest } from '@/domain/restore/undo-request'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { addSubscriber } from '@/domain/subscriber/add-subscriber'
import { reader } from '@/domain/transaction'
import type { Category } from '@/prisma/generated/enums'
import { freshDatabase, type TestDatabase } from '@/test/support/database'
import { makeBag } from '@/test/support/make-bag'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

const operator = system('test')

type WithoutSubscriber<T> = T extends unknown ? Omit<T, 'subscriberId'> : never

/** A whole installation of a test's own: database, folders, a carrier; runs advance when the test says so. */
export class RestoreWorld {
  readonly folder = temporaryFolder('restore')
  private database!: TestDatabase
  open!: OpenServices

  static async begin(env: Record<string, string> = {}): Promise<RestoreWorld> {
    const world = new RestoreWorld()
    world.database = await freshDatabase()
    await mkdir(world.backup, { recursive: true })
    world.open = openServices('test', {
      ...process.env,
      DATABASE_URL: world.database.url,
      DATA_DIR: world.folder,
      BACKUP_URL: pathToFileURL(world.backup).href,
      HOMEWARD_KEY: `test:${randomBytes(32).toString('base64')}`,
      DEVICE_ALLOWED_HOSTS: '127.0.0.1',
      ...env,
    })
    await addCarrier(operator, { slug: 'harbor', name: 'Harbor Wireless', country: 'US' })
    return world
  }

  async end(): Promise<void> {
    await this.open.close()
    await this.database.drop()
    removeFolder(this.folder)
  }

  get backup(): string {
    return path.join(this.folder, 'backup')
  }

  async subscriber(accountId: string): Promise<string> {
    const email = `${accountId.toLowerCase()}@people.example`
    const { id } = await addSubscriber(operator, this.open.services.secrets, {
      carrierSlug: 'harbor',
      accountId,
      email,
    })
    return id
  }

  /** Writes a bag and takes it in. Files are named as below data/. */
  async batch(name: string, files: Record<string, Buffer | string>, asOf = '2009-10-01T00:00:00Z'): Promise<void> {
    await makeBag(this.backup, { name, files, info: { 'Homeward-Incident': 'october-2009', 'Homeward-As-Of': asOf } })
    await lookForBatches(operator, this.open.services, name)
    const { id } = await reader('every-carrier').recoveryBatch.findUniqueOrThrow({ where: { name } })
    const result = await intakeBatch(operator, id, this.open.services)
    if (result.status !== 'accepted') throw new Error(`The batch ${name} is ${result.status}.`)
  }

  async vdir(subscriberId: string): Promise<{ id: string; folder: string }> {
    const folder = path.join(this.folder, 'devices', randomUUID())
    await mkdir(folder, { recursive: true })
    return { id: await this.account(subscriberId, { kind: 'vdir', url: folder }), folder }
  }

  async account(subscriberId: string, input: WithoutSubscriber<AddAccountInput>): Promise<string> {
    const { id } = await addAccount(operator, this.open.services, { ...input, subscriberId } as AddAccountInput)
    return id
  }

  /** Files and approves, answers the request's id. */
  async request(input: {
    subscriberId: string
    accountId: string
    rule?: AskedRule
    categories?: Category[]
    batches?: string[]
    choices?: (
      holdings: { id: string; category: Category }[],
    ) => { holdingId: string; ordinal: number; leaveOut?: boolean; rule?: AskedRule }[]
  }): Promise<string> {
    const all = await listHoldings(operator, { subscriberId: input.subscriberId })
    const holdings = all.filter(
      one =>
        (input.batches ? input.batches.includes(one.batch) : one.newest) &&
        (input.categories?.includes(one.category) ?? true),
    )
    const { id } = await fileRequest(operator, {
      subscriberId: input.subscriberId,
      accountId: input.accountId,
      holdingIds: holdings.map(one => one.id),
      rule: input.rule ?? 'keep_both',
      choices: input.choices?.(holdings) ?? [],
      filingKey: randomUUID(),
    })
    await approveRequest(operator, { requestId: id })
    return id
  }

  /** Advances the request's newest run until it ends or would wait; answers how often it had to be taken up again. */
  async run(requestId: string, slices = 50): Promise<number> {
    const run = await reader('every-carrier').run.findFirstOrThrow({
      where: { requestId },
      orderBy: { createdAt: 'desc' },
    })
    for (let slice = 1; slice <= slices; slice++) {
      const next = await advanceRun(this.open.services, { runId: run.id, signal: new AbortController().signal })
      if (next.kind === 'ended') return slice
      const wait = next.at.getTime() - Date.now()
      if (wait > 2_500) return slice
      if (wait > 0) await new Promise(resolve => setTimeout(resolve, wait))
    }
    throw new Error('The run does not end.')
  }

  async report(requestId: string): Promise<Report & { outcomes: RecordOutcome[] }> {
    const report = await readReport(operator, requestId)
    const outcomes: RecordOutcome[] = []
    for await (const outcome of readOutcomes(operator, this.open.services, requestId)) outcomes.push(outcome)
    return { ...report, outcomes }
  }

  /** File, approve, run, report. */
  async restore(input: Parameters<RestoreWorld['request']>[0]) {
    const id = await this.request(input)
    await this.run(id)
    return this.report(id)
  }

  async undo(requestId: string): Promise<Report> {
    await undoRequest(operator, { requestId })
    await this.run(requestId)
    return readReport(operator, requestId)
  }
}
