import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { endReasons, shownNotice } from '@/domain/notice/notice-inputs'
import { openedStatuses } from '@/domain/notice/notice-status'
import { noticeToChange, personOf, refuseAction } from '@/domain/notice/notice-to-change'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'

const correctNoticeInput = shownNotice.extend(endReasons)

/**
 * Begins the notice that puts a published one right: a draft with the same words for the same people. The published one
 * holds until the correction is published in its place; until then the draft carries the reason.
 */
export async function correctNotice(
  actor: Actor,
  input: z.input<typeof correctNoticeInput>,
  now = new Date(),
): Promise<{ noticeId: string }> {
  const { reasonEn, reasonFr, ...shown } = parseInput(correctNoticeInput, input)
  return transaction(actor, async tx => {
    const wrong = await noticeToChange(tx, actor, 'notice.write', shown)
    refuseAction('correct', wrong)
    const { id: correctsId, carrierId, incidentId, titleEn, titleFr, bodyEn, bodyFr, smsEn, smsFr } = wrong
    const begun = await tx.notice.count({ where: { correctsId, status: { notIn: [...openedStatuses] } } })
    if (begun > 0) throw wrongState('correction-begun', 'A correction of this notice has been begun already.')
    const noticeId = randomUUID()
    const by = personOf(actor)
    await tx.notice.create({
      data: {
        ...{ id: noticeId, carrierId, incidentId, titleEn, titleFr, bodyEn, bodyFr, smsEn, smsFr, correctsId },
        oneLanguage: wrong.oneLanguage,
        audience: wrong.audience ?? {},
        channels: wrong.channels,
        endReasonEn: reasonEn,
        endReasonFr: reasonFr,
        createdBy: by,
        createdAt: now,
        editedBy: by,
        editedAt: now,
      },
    })
    const data = { correctsId }
    await recordEvent(tx, actor, { subject: `notice:${noticeId}`, kind: 'notice.drafted', carrierId, data }, now)
    return { noticeId }
  })
}
