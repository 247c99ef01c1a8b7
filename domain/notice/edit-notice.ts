import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { noticeContent, shownNotice, textNames } from '@/domain/notice/notice-inputs'
import { moveNotice, noticeToChange, personOf } from '@/domain/notice/notice-to-change'
import { parseInput } from '@/domain/parse-input'
import { type Tx, transaction } from '@/domain/transaction'

const editNoticeInput = noticeContent.extend(shownNotice.required().shape)

/** Writes a draft anew. The version says on top of which one: what somebody else saved meanwhile is not written over. */
export async function editNotice(
  actor: Actor,
  input: z.input<typeof editNoticeInput>,
  now = new Date(),
): Promise<{ version: number }> {
  const { noticeId, version, correctionEn, correctionFr, ...content } = parseInput(editNoticeInput, input)
  return transaction(actor, async tx => {
    const notice = await noticeToChange(tx, actor, 'notice.write', { noticeId, version })
    const { carrierId, correctsId } = notice
    if (content.incidentId !== notice.incidentId) await refuseForeignIncident(tx, carrierId, content.incidentId)
    const changed = textNames.filter(name => content[name] !== notice[name])
    const reasons =
      correctsId === null
        ? {}
        : { endReasonEn: correctionEn ?? notice.endReasonEn, endReasonFr: correctionFr ?? notice.endReasonFr }
    const channels = [...new Set(content.channels)]
    await moveNotice(
      tx,
      actor,
      notice,
      'edit',
      { kind: 'notice.edited', data: { version: version + 1, changed }, at: now },
      { ...content, ...reasons, channels, editedBy: personOf(actor), editedAt: now },
    )
    return { version: version + 1 }
  })
}

/** A notice is about one of the incidents that concern its carrier, and that people have been told of. */
async function refuseForeignIncident(tx: Tx, carrierId: string, incidentId: string | null): Promise<void> {
  if (incidentId === null) return
  const where = { id: incidentId, status: { not: 'draft' as const }, carriers: { some: { carrierId } } }
  if ((await tx.incident.count({ where })) === 0)
    throw badInput('incidentId', 'incident-unknown', 'There is no such incident of this carrier.')
}
