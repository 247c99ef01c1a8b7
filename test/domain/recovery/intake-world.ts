import { randomBytes } from 'node:crypto'
import { system } from '@/domain/actor'
import type { BackupStorage } from '@/domain/recovery/backup-storage'
import { type FoundBatch, findBatch } from '@/domain/recovery/find-batch'
import { type IntakeResult, intakeBatch } from '@/domain/recovery/intake-batch'
import { lookForBatches } from '@/domain/recovery/look-for-batches'
import { fileSystemStorage } from '@/gateways/backup-storage/file-system'
import { postgresLedger } from '@/gateways/backup-storage/postgres-ledger'
import { closeDatabase, database } from '@/gateways/database'
import { parseKeyring } from '@/gateways/keyring'
import { openSecrets } from '@/gateways/secrets'
import { freshDatabase, type TestDatabase } from '@/test/support/database'
import { type BagToMake, makeBag } from '@/test/support/make-bag'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

export const operator = system('operator')

/** A database, a folder of batches, and two carriers with subscribers: ann and bob of north, ann of south. */
export class IntakeWorld {
  readonly folder = temporaryFolder('intake')
  readonly secrets = openSecrets(parseKeyring(`test:${randomBytes(32).toString('base64')}`))
  storage: BackupStorage = fileSystemStorage(this.folder)

  private constructor(readonly testDatabase: TestDatabase) {}

  static async open(): Promise<IntakeWorld> {
    const world = new IntakeWorld(await freshDatabase())
    for (const slug of ['north', 'south']) await database().carrier.create({ data: { slug, name: slug } })
    await world.subscribers('north', ['ann', 'bob'])
    await world.subscribers('south', ['ann'])
    return world
  }

  async subscribers(slug: string, accountIds: string[]): Promise<void> {
    const carrier = await database().carrier.findUniqueOrThrow({ where: { slug } })
    await database().subscriber.createMany({
      data: accountIds.map(accountId => ({ carrierId: carrier.id, accountId, email: 'someone@example.com' })),
    })
  }

  async bag(bag: Partial<BagToMake> & { name: string }): Promise<string> {
    const info = {
      'Homeward-Incident': 'sidekick-2009',
      'Homeward-As-Of': '2009-10-01T00:00:00Z',
      'Homeward-Carrier': 'north',
      ...bag.info,
    }
    return makeBag(this.folder, { files: {}, ...bag, info })
  }

  async look(): Promise<string[]> {
    return lookForBatches(operator, this)
  }

  async intake(name: string, outside: { storage?: BackupStorage; signal?: AbortSignal } = {}): Promise<IntakeResult> {
    const { id } = await database().recoveryBatch.findUniqueOrThrow({ where: { name } })
    const openLedger = () => postgresLedger(this.testDatabase.url)
    return intakeBatch(operator, id, { storage: this.storage, secrets: this.secrets, openLedger, ...outside })
  }

  /** Looks and takes in, once. */
  async take(bag: Partial<BagToMake> & { name: string }): Promise<FoundBatch> {
    await this.bag(bag)
    await this.look()
    await this.intake(bag.name)
    return findBatch(operator, { name: bag.name })
  }

  /** What an intake wrote, without ids and times. */
  async rows(name: string): Promise<object> {
    const batch = await database().recoveryBatch.findUniqueOrThrow({ where: { name } })
    const holdings = await database().holding.findMany({
      where: { batchId: batch.id },
      select: {
        category: true,
        complete: true,
        partial: true,
        damaged: true,
        expected: true,
        asOf: true,
        objectKey: true,
        digest: true,
        octets: true,
        missing: true,
        subscriber: { select: { accountId: true, carrier: { select: { slug: true } } } },
      },
      orderBy: [{ subscriber: { accountId: 'asc' } }, { category: 'asc' }],
    })
    const exceptions = await database().batchException.findMany({
      where: { batchId: batch.id },
      select: { path: true, reason: true, detail: true },
      orderBy: [{ path: 'asc' }, { reason: 'asc' }],
    })
    const { status, findings, asOf, checkedFiles } = batch
    const counted = holdings.map(holding => ({ ...holding, octets: Number(holding.octets) }))
    return { status, findings, asOf, checkedFiles, holdings: counted, exceptions }
  }

  async close(): Promise<void> {
    await closeDatabase()
    await this.testDatabase.drop()
    removeFolder(this.folder)
  }
}

export const card = (name: string, phone?: string): string =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${name}\r\nN:${name};;;;\r\nFN:${name}\r\n${phone ? `TEL:${phone}\r\n` : ''}END:VCARD\r\n`

export const calendar = (component: 'VEVENT' | 'VTODO' | 'VJOURNAL', ...uids: string[]): string => {
  const items = uids.map(
    uid => `BEGIN:${component}\r\nUID:${uid}\r\nDTSTART:20091002T080000Z\r\nSUMMARY:${uid}\r\nEND:${component}\r\n`,
  )
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//en\r\n${items.join('')}END:VCALENDAR\r\n`
}

/** A whole JPEG, as small as they come: SOI, one APP0, SOS, a few bytes, EOI. */
export const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffda0008010100003f00d2cf20ffd9', 'hex')
