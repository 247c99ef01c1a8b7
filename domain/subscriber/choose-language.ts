import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

const chooseLanguageInput = z.object({ subscriberId: z.uuid(), language: z.enum(['en', 'fr']) })

/** The language in which a subscriber is written to from here on. Choosing it again changes nothing. */
export async function chooseLanguage(actor: Actor, input: z.input<typeof chooseLanguageInput>): Promise<void> {
  const { subscriberId, language } = parseInput(chooseLanguageInput, input)
  await transaction(actor, async tx => {
    const subscriber = await tx.subscriber.findUnique({ where: { id: subscriberId } })
    const whose = { carrierId: subscriber?.carrierId ?? null, subscriberId: subscriber?.id ?? null }
    authorize(actor, 'subscriber.choose-language', whose, 'subscriber')
    if (!subscriber) throw notFound('subscriber')
    const { count } = await tx.subscriber.updateMany({
      where: { id: subscriberId, language: { not: language } },
      data: { language },
    })
    if (count === 0) return
    const { carrierId } = subscriber
    const subject = `subscriber:${subscriberId}` as const
    await recordEvent(tx, actor, { subject, kind: 'subscriber.language-chosen', carrierId, data: { language } })
  })
}
