import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { authorize } from '@/domain/policy'
import { ObjectMissing } from '@/domain/recovery/backup-storage'
import { type ArrivingReason, readinessOf } from '@/domain/recovery/batch-readiness'
import { beginIntake } from '@/domain/recovery/begin-intake'
import { decideIntake } from '@/domain/recovery/decide-intake'
import { examineContent, keepsChunks } from '@/domain/recovery/examine-content'
import type { IntakeOutside } from '@/domain/recovery/intake-outside'
import { IntakeProgress } from '@/domain/recovery/intake-progress'
import { noteLook } from '@/domain/recovery/note-look'
import { settleExceptions } from '@/domain/recovery/settle-exceptions'
import { reader } from '@/domain/transaction'
import { checkFiles } from '@/formats/bagit/check-files'
import { Findings } from '@/formats/bagit/finding'
import type { PathLedger } from '@/formats/bagit/path-ledger'
import { type BagSurvey, noteTwins, surveyBag } from '@/formats/bagit/survey-bag'
import { CalendarChanged } from '@/formats/icalendar/read-calendar'
import type { BatchStatus, RecoveryBatch } from '@/prisma/generated/client'

export type IntakeResult =
  /** Decided, now or before; what it has for people who are known by now is theirs. */
  | { status: Exclude<BatchStatus, 'arriving'> }
  /** To be looked at again then; `why` null where this worker let go of it. */
  | { status: 'arriving'; why: ArrivingReason | null; again: Date }

/**
 * Takes one batch in: verifies the whole bag (RFC 8493), counts every record in the same reading, and stores one holding
 * per subscriber and category. Interrupted at any point and run again, also twice at once, it ends in the same rows.
 */
export async function intakeBatch(actor: Actor, batchId: string, outside: IntakeOutside): Promise<IntakeResult> {
  authorize(actor, 'batch.intake', { carrierId: null, subscriberId: null }, 'batch')
  const row = await reader(actor).recoveryBatch.findUnique({ where: { id: batchId } })
  if (!row) throw notFound('batch')
  if (row.status !== 'arriving') {
    await settleExceptions(actor, { batchId })
    return statusOf(batchId)
  }
  const ledger = await outside.openLedger()
  try {
    const bag = new Findings()
    const survey = await surveyBag(outside.storage, row.name, ledger, bag)
    const earlier =
      row.seenAt && row.seenOctets !== null && row.seenFiles !== null
        ? { octets: Number(row.seenOctets), files: row.seenFiles, at: row.seenAt }
        : null
    const readiness = readinessOf(survey, earlier)
    if (!readiness.ready) {
      await noteLook(batchId, survey, bag)
      return arriving(readiness.why, readiness.lookAgainInSeconds)
    }
    return await takeIn(actor, row, { survey, bag, ledger }, outside)
  } finally {
    await ledger.close()
  }
}

async function takeIn(
  actor: Actor,
  row: RecoveryBatch,
  { survey, bag, ledger }: { survey: BagSurvey; bag: Findings; ledger: PathLedger },
  { storage, secrets, signal }: IntakeOutside,
): Promise<IntakeResult> {
  const begun = await beginIntake(actor, row, survey, new Date())
  if (!begun) return statusOf(row.id)
  const files = new Findings()
  const progress = new IntakeProgress(begun, bag, files, secrets)
  try {
    const checked = checkFiles(storage, survey, ledger, files, {
      skip: begun.settledRows,
      always: 'sha256',
      keepsChunks,
      consume: (file, chunks) =>
        examineContent(storage, survey.prefix + file.path, file, chunks, line => progress.expected(line)),
      // What the storage cannot give just now is no fault of the bag: the job fails and is tried again.
      concernsFile: error => error instanceof ObjectMissing,
    })
    for await (const file of checked) {
      await progress.file(file)
      if (signal?.aborted) break
    }
    await progress.save(!signal?.aborted)
    if (signal?.aborted) return arriving(null, 0)
  } catch (error) {
    if (!(error instanceof CalendarChanged)) throw error
    await noteLook(row.id, survey, bag)
    return arriving('growing', 10)
  }
  if (progress.lost) return statusOf(row.id)
  if (progress.faulty && (await hasChanged(storage, survey))) {
    await noteLook(row.id, survey, bag)
    return arriving('growing', 10)
  }
  await noteTwins(ledger, bag)
  await decideIntake(actor, row.id, progress)
  // Somebody may have become known while their folder lay behind us.
  await settleExceptions(actor, { batchId: row.id })
  return statusOf(row.id)
}

const arriving = (why: ArrivingReason | null, seconds: number): IntakeResult => ({
  status: 'arriving',
  why,
  again: new Date(Date.now() + seconds * 1000),
})

async function statusOf(id: string): Promise<IntakeResult> {
  const { status } = await reader('every-carrier').recoveryBatch.findUniqueOrThrow({
    where: { id },
    select: { status: true },
  })
  return status === 'arriving' ? arriving(null, 10) : { status }
}

/** Whether the bag is another than the one surveyed: then what is wrong with it may only be that it was not all there. */
async function hasChanged(storage: IntakeOutside['storage'], before: BagSurvey): Promise<boolean> {
  let octets = 0
  let files = 0
  let newest: Date | null = null
  for await (const object of storage.list(before.prefix)) {
    if (newest === null || object.modifiedAt > newest) newest = object.modifiedAt
    octets += object.size
    files++
  }
  const same =
    octets === before.payload.octets + before.tagOctets &&
    files === before.payload.files + before.tagFiles &&
    newest?.getTime() === before.newest?.getTime()
  return !same
}
