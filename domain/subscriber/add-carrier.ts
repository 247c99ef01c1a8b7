import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { isUniqueViolation, transaction } from '@/domain/transaction'
import type { Carrier } from '@/prisma/generated/client'

const addCarrierInput = z.object({
  slug: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'Lower-case letters, digits and hyphens only.'),
  name: z.string().trim().min(1).max(200),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('US'),
})

export async function addCarrier(actor: Actor, input: z.input<typeof addCarrierInput>): Promise<Carrier> {
  authorizeEver(actor, 'carrier.add')
  const data = parseInput(addCarrierInput, input)
  try {
    return await transaction(actor, async tx => {
      const carrier = await tx.carrier.create({ data })
      await recordEvent(tx, actor, { subject: `carrier:${carrier.id}`, kind: 'carrier.added', carrierId: carrier.id })
      return carrier
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw badInput('slug', 'carrier-exists', `There is a carrier "${data.slug}" already.`)
    throw error
  }
}
