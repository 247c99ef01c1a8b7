import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { erasedAmong } from '@/domain/retention/erased-account'
import type { Secrets } from '@/domain/subscriber/secrets'
import { isUniqueViolation, reader, transaction } from '@/domain/transaction'
import type { Subscriber } from '@/prisma/generated/client'

const addSubscriberInput = z.object({
  carrierSlug: z.string().min(1),
  /** Compared as exact bytes; it names a folder in a bag, so it cannot hold what no folder name can. */
  accountId: z
    .string()
    .min(1)
    .max(200)
    .refine(id => !/[/\0]/.test(id) && id !== '.' && id !== '..', 'An account id cannot hold "/" or be "." or "..".'),
  email: z.email().max(254),
  name: z.string().trim().max(200).nullable().default(null),
  phone: z.string().trim().max(40).nullable().default(null),
  language: z.enum(['en', 'fr']).default('en'),
  /** As the carrier calls them; notices and advice are addressed by them. */
  region: z.string().trim().min(1).max(100).nullable().default(null),
  deviceModel: z.string().trim().min(1).max(100).nullable().default(null),
})

export const phoneContext = (subscriberId: string): string => `subscriber:${subscriberId}:phone`

export async function addSubscriber(
  actor: Actor,
  secrets: Secrets,
  input: z.input<typeof addSubscriberInput>,
): Promise<Subscriber> {
  authorizeEver(actor, 'subscriber.add')
  const { carrierSlug, phone, ...data } = parseInput(addSubscriberInput, input)
  const carrier = await reader(actor).carrier.findUnique({ where: { slug: carrierSlug } })
  if (!carrier) throw badInput('carrier', 'no-such-carrier', `There is no carrier "${carrierSlug}".`)
  try {
    return await transaction(actor, async tx => {
      if ((await erasedAmong(tx, secrets, carrier.id, [data.accountId])).size > 0)
        throw badInput('id', 'subscriber-erased', `Whoever had this id was erased: the carrier gives another one.`)
      const subscriber = await tx.subscriber.create({ data: { ...data, carrierId: carrier.id } })
      const { id, carrierId } = subscriber
      if (phone) {
        const digits = phone.replace(/[^\d+]/g, '')
        await tx.subscriber.update({
          where: { id },
          data: {
            phone: secrets.seal(phone, phoneContext(id)),
            phoneIndex: Buffer.from(secrets.blindIndex(digits, 'phone'), 'hex'),
          },
        })
      }
      await recordEvent(tx, actor, { subject: `subscriber:${id}`, kind: 'subscriber.added', carrierId })
      return subscriber
    })
  } catch (error) {
    if (isUniqueViolation(error)) {
      throw badInput('id', 'subscriber-exists', `The carrier has a subscriber "${data.accountId}" already.`)
    }
    throw error
  }
}
