import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { lockIncident } from '@/domain/incident/add-update'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

const addCarriersInput = z.object({
  incidentId: z.uuid(),
  carrierIds: z.array(z.uuid('carrier-unknown')).min(1, 'carriers-missing').max(1_000, 'too-many-carriers'),
})

/**
 * Says that an incident concerns further carriers: their subscribers are told what is said from now on. None is taken
 * away again, because their people were told. Naming one twice changes nothing.
 */
export async function addCarriers(
  actor: Actor,
  input: z.input<typeof addCarriersInput>,
  now = new Date(),
): Promise<{ added: number }> {
  const { incidentId, carrierIds } = parseInput(addCarriersInput, input)
  authorizeEver(actor, 'incident.manage')
  return transaction(actor, async tx => {
    await lockIncident(tx, incidentId)
    const known = await tx.carrier.count({ where: { id: { in: carrierIds } } })
    if (known !== new Set(carrierIds).size)
      throw badInput('carriers', 'carrier-unknown', 'A carrier that the incident names does not exist.')
    const { count: added } = await tx.incidentCarrier.createMany({
      data: carrierIds.map(carrierId => ({ incidentId, carrierId })),
      skipDuplicates: true,
    })
    if (added === 0) return { added }
    const data = { carriers: added }
    await recordEvent(
      tx,
      actor,
      { subject: `incident:${incidentId}`, kind: 'incident.changed', carrierId: null, data },
      now,
    )
    return { added }
  })
}
