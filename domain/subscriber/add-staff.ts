import { z } from 'zod'
import { type Actor, staffRoles } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { isUniqueViolation, reader, transaction } from '@/domain/transaction'
import type { Staff } from '@/prisma/generated/client'

const addStaffInput = z.object({
  email: z.email().max(254),
  name: z.string().trim().min(1).max(200),
  role: z.enum(staffRoles),
  /** Null: works for every carrier of the installation. */
  carrierSlug: z.string().nullable(),
  language: z.enum(['en', 'fr']).default('en'),
})

export async function addStaff(actor: Actor, input: z.input<typeof addStaffInput>): Promise<Staff> {
  authorizeEver(actor, 'staff.add')
  const { carrierSlug, ...data } = parseInput(addStaffInput, input)
  const carrier = carrierSlug === null ? null : await reader(actor).carrier.findUnique({ where: { slug: carrierSlug } })
  if (carrierSlug !== null && !carrier)
    throw badInput('carrier', 'no-such-carrier', `There is no carrier "${carrierSlug}".`)
  try {
    return await transaction(actor, async tx => {
      const carrierId = carrier?.id ?? null
      const member = await tx.staff.create({ data: { ...data, email: data.email.toLowerCase(), carrierId } })
      await recordEvent(tx, actor, {
        subject: `staff:${member.id}`,
        kind: 'staff.added',
        carrierId,
        data: { role: data.role },
      })
      return member
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw badInput('email', 'staff-exists', 'Somebody has this address already.')
    throw error
  }
}
