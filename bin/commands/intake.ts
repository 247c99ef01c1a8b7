import { setTimeout as sleep } from 'node:timers/promises'
import { type Command, done, noneAlone, option } from '@/bin/commands/command'
import { system } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { findBatch } from '@/domain/recovery/find-batch'
import { intakeBatch } from '@/domain/recovery/intake-batch'
import type { IntakeOutside } from '@/domain/recovery/intake-outside'
import { lookForBatches } from '@/domain/recovery/look-for-batches'
import { reader } from '@/domain/transaction'

const operator = system('operator')

/** A bag that must be looked at twice is waited for this long; one that is still being uploaded is reported as arriving. */
const patienceMs = 20_000

export const command: Command = {
  usage: '[--batch NAME]',
  needs: 'services',
  async run(words, services) {
    noneAlone(words)
    const only = option(words, 'batch')
    await look(services, only)
    const rows = await reader('every-carrier').recoveryBatch.findMany({
      where: only === undefined ? {} : { name: only },
      select: { id: true, name: true },
      orderBy: { name: 'asc' },
    })
    if (only !== undefined && rows.length === 0)
      throw badInput('batch', 'no-such-batch', `There is no batch "${only}" in backup storage.`)
    const batches = []
    for (const { id } of rows) {
      await takeIn(id, services)
      batches.push(await summary(id))
    }
    return done({ batches })
  },
}

async function look(services: IntakeOutside, only: string | undefined): Promise<void> {
  try {
    await lookForBatches(operator, services, only)
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error
    throw badInput('BACKUP_URL', 'no-backup-folder', `There is no folder ${path ?? 'of backups'}.`)
  }
}

async function takeIn(id: string, services: IntakeOutside): Promise<void> {
  const until = Date.now() + patienceMs
  for (;;) {
    const result = await intakeBatch(operator, id, services)
    if (result.status !== 'arriving') return
    const wait = result.again.getTime() - Date.now()
    if (result.why === 'no-manifest' || result.why === 'short-of-oxum' || Date.now() + wait > until) return
    await sleep(Math.max(wait, 100))
  }
}

async function summary(id: string) {
  const batch = await findBatch(operator, { id })
  const { name, status, subscribers, incident, asOf, exceptionCount, exceptions, findings } = batch
  const holdings = Object.fromEntries(
    Object.entries(batch.holdings).map(([category, totals]) => {
      const { complete, partial, damaged, expected } = totals
      return [category, { complete, partial, damaged, expected }]
    }),
  )
  return {
    name,
    state: status,
    subscribers,
    holdings,
    exceptions: exceptions.map(({ path, reason, detail }) => ({ path, reason, detail })),
    exceptionCount,
    incident,
    asOf,
    findings,
  }
}
