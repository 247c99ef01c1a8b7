import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { bundleJson, chainsFile, rootFile, subscriberFile } from '@/domain/evidence/bundle-form'
import { gatherChains } from '@/domain/evidence/gather-chains'
import { rootText } from '@/domain/evidence/root-file'
import { sealBundle } from '@/domain/evidence/seal-bundle'
import type { EvidenceSigner } from '@/domain/evidence/signer'
import { authorize } from '@/domain/policy'
import { reader, transaction } from '@/domain/transaction'
import type { BagFile } from '@/formats/bagit/compose-bag'

interface Exporting {
  /** The id that a subscriber had who was erased; the erasure's record names it. */
  subscriberId: string
  signer: EvidenceSigner
  /** The portal's public address. */
  installation: string
}

/**
 * The evidence that is left of a subscriber who was erased: that and when it was done, who decided, how much was removed, and
 * the event chains that were about them, with their way to the newest root. There is nothing else to give.
 */
export async function exportErased(
  actor: Actor,
  { subscriberId, signer, installation }: Exporting,
  now = new Date(),
): Promise<{ files: BagFile[]; chains: number; root: number | null }> {
  const erasure = await reader(actor).erasure.findFirst({
    where: { subscriberId, status: { in: ['running', 'done'] } },
  })
  const whose = { carrierId: erasure?.carrierId ?? null, subscriberId: erasure?.subscriberId ?? null }
  authorize(actor, 'evidence.export', whose, 'subscriber')
  if (!erasure) throw notFound('subscriber')
  const { carrierId, status, source, askedBy, askedAt, decidedBy, decidedAt, begunAt, endedAt, counts } = erasure
  const subject = `subscriber:${subscriberId}` as const
  await transaction(actor, tx => recordEvent(tx, actor, { subject, kind: 'evidence.asked', carrierId }, now))
  const { root, chains } = await gatherChains(reader('every-carrier'), erasure.subjects)
  const decided = { status, source, askedBy, askedAt, decidedBy, decidedAt, begunAt, endedAt, counts }
  const about = { installation, id: subscriberId, erased: true, erasure: decided, exportedAt: now }
  const payload = Object.entries({ [subscriberFile]: about, [chainsFile]: chains }).map(([path, value]) => {
    return { path, bytes: bundleJson(value) }
  })
  if (root) payload.push({ path: rootFile, bytes: Buffer.from(`${rootText(root)}\n`, 'utf8') })
  return {
    files: sealBundle(signer, payload, subject, now),
    chains: chains.length,
    root: root?.number ?? null,
  }
}
