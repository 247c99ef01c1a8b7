import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { digestOf, signedBytes } from '@/domain/compensation/export-file'
import { takeVersions } from '@/domain/compensation/version-to-change'
import { personOf } from '@/domain/decision/move-decision'
import { badInput, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import type { EvidenceSigner } from '@/domain/evidence/signer'
import { parseInput } from '@/domain/parse-input'
import { authorize, requireFreshProof } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

const exportInput = z.object({
  carrierId: z.uuid(),
  incidentId: z.uuid(),
  /** Made once for each form: the same makes one export, however often it is sent. */
  exportId: z.uuid(),
})

/**
 * Gives everything that is granted and not exported yet to the carrier's billing: each grant is in one export, ever. Whoever
 * does it has proved who they are. The file itself is read afterwards, as often as it is wanted.
 */
export async function makeExport(
  actor: Actor,
  signer: EvidenceSigner,
  input: z.input<typeof exportInput>,
  now = new Date(),
): Promise<{ exportId: string; count: number }> {
  const { carrierId, incidentId, exportId } = parseInput(exportInput, input)
  authorize(actor, 'compensation.export', { carrierId, subscriberId: null }, 'carrier')
  const madeBy = personOf(actor)
  requireFreshProof(actor, now)
  return transaction(actor, async tx => {
    // No decision is ended or made meanwhile, and no other export takes the same.
    await takeVersions(tx, { carrierId, incidentId })
    const before = await tx.compensationExport.findUnique({ where: { id: exportId } })
    if (before) {
      if (before.carrierId !== carrierId || before.incidentId !== incidentId)
        throw badInput('exportId', 'bad-key', 'This key has made something else.')
      return { exportId, count: before.count }
    }
    const made = { id: exportId, carrierId, incidentId, madeBy, madeAt: now }
    await tx.compensationExport.create({ data: { ...made, count: 0, digest: '', publicKey: '', signature: '' } })
    const { count: taken } = await tx.compensationDecision.updateMany({
      where: { carrierId, incidentId, endedAt: null, grantKind: { not: null }, exportId: null },
      data: { exportId },
    })
    if (taken === 0) throw wrongState('nothing-to-export', 'Nothing is granted that billing does not have.')
    const { count, digest } = await digestOf(tx, exportId)
    const ids = { export: exportId, carrier: carrierId, incident: incidentId }
    const signature = signer.sign(signedBytes({ ...ids, madeAt: now.toISOString(), rows: count, sha256: digest }))
    const data = { count, digest, publicKey: signer.publicKey, signature }
    await tx.compensationExport.update({ where: { id: exportId }, data })
    const happened = { subject: `compensation:${carrierId}`, kind: 'compensation.exported', carrierId } as const
    await recordEvent(tx, actor, { ...happened, data: { incidentId, exportId, count, sha256: digest } }, now)
    return { exportId, count }
  })
}
