import { randomUUID } from 'node:crypto'
import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { headLeaf } from '@/domain/evidence/chain-head'
import { publishedData, rootsSubject } from '@/domain/evidence/check-publishing'
import { readHeads } from '@/domain/evidence/read-heads'
import {
  noRootBefore,
  parseRoot,
  type RootFile,
  rootText,
  signRoot,
  statementDigest,
} from '@/domain/evidence/root-file'
import type { EvidenceSigner } from '@/domain/evidence/signer'
import { authorizeEver } from '@/domain/policy'
import { addTasks } from '@/domain/tasks'
import { type Tx, transaction } from '@/domain/transaction'
import { MerkleTree } from '@/formats/merkle/merkle-tree'

interface Publishing {
  signer: EvidenceSigner
  /** The portal's public address: whose chains these are. */
  installation: string
}

/**
 * Puts every chain's head under one signed root, once a day (UTC), and has it mailed to the auditors. Answers the root, null
 * where the day has one. A head that was there is never replaced by a shorter chain's: what was cut stays missing.
 */
export async function publishRoot(actor: Actor, publishing: Publishing, now = new Date()): Promise<RootFile | null> {
  authorizeEver(actor, 'root.publish')
  return transaction(actor, async tx => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(7, 5)`
    const date = now.toISOString().slice(0, 10)
    const last = await tx.chainRoot.findFirst({ orderBy: { number: 'desc' } })
    if (last && last.day.toISOString().slice(0, 10) >= date) return null
    const before = last && parseRoot(last.file)
    if (last && !before) throw new Error(`The root ${last.number} cannot be read.`)
    const number = (last?.number ?? 0) + 1
    const { signer, installation } = publishing
    const counted = await putUnderRoot(tx, number)
    const previous = before ? statementDigest(before) : noRootBefore
    const head = {
      format: 'homeward-chain-root-1',
      installation,
      number,
      date,
      publishedAt: now.toISOString(),
    } as const
    const root = signRoot({ ...head, ...counted, previous }, signer)
    await tx.chainRoot.create({ data: { number, day: new Date(date), file: rootText(root) } })
    await tellAuditors(tx, number)
    const data = publishedData(root)
    await recordEvent(tx, actor, { subject: rootsSubject, kind: 'root.published', carrierId: null, data }, now)
    return root
  })
}

async function putUnderRoot(tx: Tx, number: number): Promise<{ root: string; heads: number; events: number }> {
  await tx.$executeRaw`
    INSERT INTO chain_root_heads (subject, root_number, seq, hash)
    SELECT subject, ${number}::int, seq, hash FROM (
      SELECT DISTINCT ON (subject) subject, seq, hash FROM events ORDER BY subject, seq DESC
    ) e
    WHERE NOT EXISTS (SELECT FROM chain_root_heads h WHERE h.subject = e.subject AND h.seq >= e.seq)`
  const tree = new MerkleTree()
  let events = 0
  for await (const head of readHeads(tx, number)) {
    tree.add(headLeaf(head))
    events += head.seq
  }
  return { root: tree.finish().root.toString('hex'), heads: tree.size, events }
}

async function tellAuditors(tx: Tx, rootNumber: number): Promise<void> {
  const auditors = await tx.staff.findMany({ where: { role: 'auditor', leftAt: null }, select: { id: true } })
  const mails = auditors.map(({ id: staffId }) => ({ id: randomUUID(), rootNumber, staffId }))
  await tx.chainRootMail.createMany({ data: mails })
  await addTasks(
    tx,
    mails.map(({ id }) => {
      return { job: 'send-root', payload: { rootMailId: id }, carrierId: null, onceKey: `root-mail:${id}` } as const
    }),
  )
}
