import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { noticeTexts, textNames } from '@/domain/notice/notice-inputs'
import { unknownVariables } from '@/domain/notice/notice-text'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

export const templateName = z
  .string('name-missing')
  .trim()
  .min(1, 'name-missing')
  .max(100, 'name-long')
  .regex(/^[^\p{Cc}]*$/u, 'title-lines')

const saveTemplateInput = z.object({ carrierId: z.uuid(), name: templateName, ...noticeTexts })

/** Keeps texts to begin notices from. One of the same name and carrier is written over. */
export async function saveTemplate(
  actor: Actor,
  input: z.input<typeof saveTemplateInput>,
  now = new Date(),
): Promise<{ templateId: string }> {
  const { carrierId, name, ...texts } = parseInput(saveTemplateInput, input)
  authorize(actor, 'notice.write', { carrierId, subscriberId: null }, 'carrier')
  for (const field of textNames)
    if (unknownVariables(texts[field]).length > 0)
      throw badInput(field, 'unknown-variable', 'A variable of the text is not known.')
  return transaction(actor, async tx => {
    // No index holds a name to one row: two who save at once take turns.
    await tx.$queryRaw`SELECT FROM carriers WHERE id = ${carrierId}::uuid FOR UPDATE`
    if ((await tx.carrier.count({ where: { id: carrierId } })) === 0) throw notFound('carrier')
    const same = await tx.noticeTemplate.findFirst({ where: { carrierId, name }, select: { id: true } })
    const { id: templateId } = same
      ? await tx.noticeTemplate.update({ where: { id: same.id }, data: texts })
      : await tx.noticeTemplate.create({ data: { carrierId, name, ...texts, createdAt: now } })
    const data = { templateId, replaced: same !== null }
    await recordEvent(tx, actor, { subject: `carrier:${carrierId}`, kind: 'template.saved', carrierId, data }, now)
    return { templateId }
  })
}
