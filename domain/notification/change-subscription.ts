import type { z } from 'zod'
import { anonymous } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { readCoded } from '@/domain/notification/read-coded'
import { readRecipientToken } from '@/domain/notification/recipient-token'
import { topicsOf, wishInput } from '@/domain/notification/subscription-inputs'
import type { Secrets } from '@/domain/subscriber/secrets'
import { transaction } from '@/domain/transaction'

/** In which language and of what a subscription is told from here on. Who has the link may change it. */
export async function changeSubscription(
  secrets: Secrets,
  token: string,
  input: z.input<typeof wishInput>,
): Promise<void> {
  const { kind, id } = readRecipientToken(secrets, token)
  if (kind !== 'subscription') throw notFound('subscription')
  const wish = readCoded(wishInput, input)
  await transaction('every-carrier', async tx => {
    await tx.$queryRaw`SELECT 1 FROM subscriptions WHERE id = ${id}::uuid FOR UPDATE`
    const subscription = await tx.subscription.findUnique({ where: { id } })
    if (!subscription) throw notFound('subscription')
    if (subscription.status === 'ended') throw wrongState('subscription-ended', 'The subscription is ended.')
    const topics = await topicsOf(tx, wish)
    const { language, everything } = wish
    await tx.subscription.update({ where: { id }, data: { language, everything } })
    await tx.subscriptionTopic.deleteMany({ where: { subscriptionId: id } })
    await tx.subscriptionTopic.createMany({ data: topics.map(topic => ({ subscriptionId: id, ...topic })) })
    const data = { everything, topics: topics.length }
    await recordEvent(tx, anonymous, {
      subject: `subscription:${id}`,
      kind: 'subscription.changed',
      carrierId: null,
      data,
    })
  })
}
