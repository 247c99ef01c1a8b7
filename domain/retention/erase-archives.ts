import { categories } from '@/domain/record/category'
import type { SealedStore } from '@/domain/restore/sealed-store'
import { reader } from '@/domain/transaction'
import { fileKey } from '@/domain/triage/file-bounds'
import { mailKey } from '@/domain/triage/mail-bounds'

/** Names of what a run keeps in the sealed store, also where its row does not say so yet. */
const archiveKeys = (runId: string): string[] =>
  categories.flatMap(category => [`runs/${runId}/${category}/snapshot`, `runs/${runId}/${category}/plan`])

/** Removes every snapshot and plan of a subscriber's runs, the plans by which theirs went to another's account, and their mail. Answers how many there were. */
export async function eraseArchives(sealed: SealedStore, subscriberId: string): Promise<number> {
  const runs = await reader('every-carrier').run.findMany({
    where: { request: { subscriberId } },
    select: { id: true },
  })
  let removed = 0
  for (const key of runs.flatMap(run => archiveKeys(run.id))) {
    if (await sealed.exists(key)) removed++
    await sealed.remove(key)
  }
  const mails = await reader('every-carrier').mailIn.findMany({ where: { subscriberId }, select: { id: true } })
  for (const key of mails.map(mail => mailKey(mail.id))) {
    if (await sealed.exists(key)) removed++
    await sealed.remove(key)
  }
  const files = await reader('every-carrier').ticketFile.findMany({ where: { subscriberId }, select: { id: true } })
  for (const key of files.map(file => fileKey(file.id))) {
    if (await sealed.exists(key)) removed++
    await sealed.remove(key)
  }
  // Of another's request the plan alone: the snapshot is theirs.
  const given = await reader('every-carrier').run.findMany({
    where: { request: { crossing: { sourceId: subscriberId } } },
    select: { id: true },
  })
  for (const key of given.flatMap(run => categories.map(category => `runs/${run.id}/${category}/plan`))) {
    if (await sealed.exists(key)) removed++
    await sealed.remove(key)
  }
  return removed
}
