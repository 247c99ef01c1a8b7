import { createHash } from 'node:crypto'
import { addTasks } from '@/domain/tasks'
import type { Tx } from '@/domain/transaction'

/** One message to many, by what it tells of. */
export type NewBroadcast = { carrierId: string | null } & (
  | { kind: 'update'; incidentId: string; updateId: string }
  | { kind: 'postmortem'; incidentId: string }
  | { kind: 'notice' | 'notice-withdrawn'; noticeId: string }
)

/** A broadcast's row and the task that writes its recipients' rows, in the change's own transaction. */
export async function addBroadcast(tx: Tx, broadcast: NewBroadcast): Promise<void> {
  const contentDigest = createHash('sha256')
    .update(await contentOf(tx, broadcast))
    .digest()
  const { id } = await tx.broadcast.create({ data: { ...broadcast, contentDigest } })
  const { carrierId } = broadcast
  await addTasks(tx, [{ job: 'spread-broadcast', payload: { broadcastId: id }, carrierId, onceKey: `spread:${id}` }])
}

/** The words it tells, so that other words are another message whatever they are about. */
async function contentOf(tx: Tx, broadcast: NewBroadcast): Promise<string> {
  switch (broadcast.kind) {
    case 'update': {
      const update = await tx.incidentUpdate.findUniqueOrThrow({ where: { id: broadcast.updateId } })
      return JSON.stringify([broadcast.kind, update.status, update.bodyEn, update.bodyFr])
    }
    case 'postmortem': {
      const { incidentId } = broadcast
      const last = await tx.postmortemVersion.findFirstOrThrow({ where: { incidentId }, orderBy: { version: 'desc' } })
      return JSON.stringify([broadcast.kind, last.version, last.bodyEn, last.bodyFr])
    }
    default: {
      const notice = await tx.notice.findUniqueOrThrow({ where: { id: broadcast.noticeId } })
      const { titleEn, titleFr, bodyEn, bodyFr, smsEn, smsFr, endReasonEn, endReasonFr } = notice
      const texts = [titleEn, titleFr, bodyEn, bodyFr, smsEn, smsFr, endReasonEn, endReasonFr]
      return JSON.stringify([broadcast.kind, ...texts])
    }
  }
}
