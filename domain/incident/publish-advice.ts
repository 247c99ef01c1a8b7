import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, notFound, Refusal } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { isUniqueViolation, transaction } from '@/domain/transaction'

/** Lines of one kind in one language. */
export const adviceLines = z
  .array(
    z
      .string()
      .trim()
      .min(1, 'advice-line-empty')
      .max(300, 'advice-line-too-long')
      .regex(/^[^\p{Cc}]*$/u, 'advice-line-too-long'),
  )
  .max(12, 'advice-too-many')
  .default([])

export const publishAdviceInput = z
  .object({
    incidentId: z.uuid(),
    /** Null: of every carrier. */
    carrierId: z.uuid('carrier-unknown').nullable().default(null),
    /** Null: for every device. */
    deviceModel: z.string().trim().min(1, 'model-empty').max(100, 'model-too-long').nullable().default(null),
    doEn: adviceLines,
    doFr: adviceLines,
    doNotEn: adviceLines,
    doNotFr: adviceLines,
    /** The scope's version when the form was shown, 0 where it had none: refuses words that answer older ones. */
    after: z.coerce.number().int().optional(),
  })
  .refine(one => one.doEn.length === one.doFr.length, { path: ['doFr'], error: 'advice-languages-differ' })
  .refine(one => one.doNotEn.length === one.doNotFr.length, { path: ['doNotFr'], error: 'advice-languages-differ' })

/** A new version of the advice for one scope. Without a line, the scope's advice ends and the wider one holds again. */
export async function publishAdvice(
  actor: Actor,
  input: z.input<typeof publishAdviceInput>,
  now = new Date(),
): Promise<{ id: string; version: number }> {
  const { incidentId, carrierId, deviceModel, after, ...texts } = parseInput(publishAdviceInput, input)
  authorizeEver(actor, 'incident.manage')
  try {
    return await transaction(actor, async tx => {
      if ((await tx.incident.count({ where: { id: incidentId } })) === 0) throw notFound('incident')
      if (carrierId !== null && (await tx.carrier.count({ where: { id: carrierId } })) === 0)
        throw badInput('carrierId', 'carrier-unknown', 'There is no such carrier.')
      const last = await tx.adviceVersion.findFirst({
        where: { incidentId, carrierId, deviceModel },
        orderBy: { version: 'desc' },
      })
      const version = (last?.version ?? 0) + 1
      // The button was pressed twice: what is asked for is what holds.
      if (last && after === version - 2 && isSame(last, texts)) return { id: last.id, version: last.version }
      if (after !== undefined && after !== version - 1)
        throw new Refusal('stale', 'advice-changed', 'Advice for these people was published since the form was shown.')
      const authorId = 'staffId' in actor ? actor.staffId : null
      const { id } = await tx.adviceVersion.create({
        data: { incidentId, carrierId, deviceModel, version, ...texts, publishedAt: now, authorId },
      })
      const data = { adviceId: id, version, lines: texts.doEn.length + texts.doNotEn.length }
      await recordEvent(
        tx,
        actor,
        { subject: `incident:${incidentId}`, kind: 'advice.published', carrierId, data },
        now,
      )
      return { id, version }
    })
  } catch (error) {
    if (isUniqueViolation(error))
      throw badInput('doEn', 'advice-changed', 'Somebody else published advice for the same people at this moment.')
    throw error
  }
}

type Texts = Record<'doEn' | 'doFr' | 'doNotEn' | 'doNotFr', string[]>

const isSame = (a: Texts, b: Texts): boolean =>
  (['doEn', 'doFr', 'doNotEn', 'doNotFr'] as const).every(name => JSON.stringify(a[name]) === JSON.stringify(b[name]))
