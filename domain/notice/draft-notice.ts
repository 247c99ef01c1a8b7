import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { personOf } from '@/domain/notice/notice-to-change'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { type Tx, transaction } from '@/domain/transaction'
import type { NoticeTemplate } from '@/prisma/generated/client'

const draftNoticeInput = z.object({
  carrierId: z.uuid(),
  /** Chosen by whoever asks: the same id makes one draft, however often it is sent. */
  noticeId: z.uuid().optional(),
  /** Texts to begin from: one of the carrier's, or one for all. */
  templateId: z.uuid().nullable().default(null),
})

/** Begins a notice: for nobody yet, with nothing in it but what the template holds. */
export async function draftNotice(
  actor: Actor,
  input: z.input<typeof draftNoticeInput>,
  now = new Date(),
): Promise<{ noticeId: string }> {
  const { carrierId, templateId, noticeId = randomUUID() } = parseInput(draftNoticeInput, input)
  authorize(actor, 'notice.write', { carrierId, subscriberId: null }, 'carrier')
  return transaction(actor, async tx => {
    if ((await tx.carrier.count({ where: { id: carrierId } })) === 0) throw notFound('carrier')
    const by = personOf(actor)
    const template = templateId === null ? null : await templateFor(tx, templateId, carrierId)
    const { count } = await tx.notice.createMany({
      data: {
        id: noticeId,
        carrierId,
        ...(template && textsOf(template)),
        audience: {},
        channels: ['mail'],
        createdBy: by,
        createdAt: now,
        editedBy: by,
        editedAt: now,
      },
      skipDuplicates: true,
    })
    if (count === 0) {
      const mine = await tx.notice.count({ where: { id: noticeId, carrierId, createdBy: by } })
      if (mine === 0) throw notFound('notice')
      return { noticeId }
    }
    const data = { templateId }
    await recordEvent(tx, actor, { subject: `notice:${noticeId}`, kind: 'notice.drafted', carrierId, data }, now)
    return { noticeId }
  })
}

async function templateFor(tx: Tx, id: string, carrierId: string): Promise<NoticeTemplate> {
  const template = await tx.noticeTemplate.findFirst({ where: { id, OR: [{ carrierId }, { carrierId: null }] } })
  if (!template) throw notFound('template')
  return template
}

const textsOf = ({ titleEn, titleFr, bodyEn, bodyFr, smsEn, smsFr }: NoticeTemplate) => {
  return { titleEn, titleFr, bodyEn, bodyFr, smsEn, smsFr }
}
