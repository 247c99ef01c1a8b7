import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { bundleJson, chainsFile, rootFile, subscriberFile } from '@/domain/evidence/bundle-form'
import { gatherChains } from '@/domain/evidence/gather-chains'
import { gatherFound } from '@/domain/evidence/gather-found'
import { gatherPushed } from '@/domain/evidence/gather-pushed'
import { gatherSaid } from '@/domain/evidence/gather-said'
import { gatherShown } from '@/domain/evidence/gather-shown'
import { rootText } from '@/domain/evidence/root-file'
import { sealBundle } from '@/domain/evidence/seal-bundle'
import type { EvidenceSigner } from '@/domain/evidence/signer'
import { authorize } from '@/domain/policy'
import { reader, transaction } from '@/domain/transaction'
import type { BagFile } from '@/formats/bagit/compose-bag'

interface Exporting {
  subscriberId: string
  signer: EvidenceSigner
  /** The portal's public address. */
  installation: string
}

/**
 * What was said, shown, found and pushed for one subscriber, with the event chains that say when: the files of a BagIt bag
 * (RFC 8493), signed, the signature last. That it was asked for becomes an event of the subscriber's.
 */
export async function exportEvidence(
  actor: Actor,
  { subscriberId, signer, installation }: Exporting,
  now = new Date(),
): Promise<{ files: BagFile[]; chains: number; root: number | null }> {
  const subscriber = await reader(actor).subscriber.findUnique({
    where: { id: subscriberId },
    include: { carrier: true },
  })
  const whose = { carrierId: subscriber?.carrierId ?? null, subscriberId: subscriber?.id ?? null }
  authorize(actor, 'evidence.export', whose, 'subscriber')
  if (!subscriber) throw notFound('subscriber')
  const { id, accountId, carrierId, carrier, language, createdAt } = subscriber
  const subject = `subscriber:${id}` as const
  await transaction(actor, tx => recordEvent(tx, actor, { subject, kind: 'evidence.asked', carrierId }, now))

  // Statements and their chains are nobody's in particular: what is the subscriber's is asked for by their id.
  const db = reader('every-carrier')
  const [said, shown, found, pushed, accounts] = await Promise.all([
    gatherSaid(db, { id, carrierId }),
    gatherShown(db, { id }),
    gatherFound(db, { id }),
    gatherPushed(db, { id }),
    db.deviceAccount.findMany({ where: { subscriberId: id }, select: { id: true } }),
  ])
  const { root, chains } = await gatherChains(db, [
    subject,
    ...accounts.map(one => `account:${one.id}`),
    ...pushed.requests.map(one => `request:${one.id}`),
    ...said.tickets.map(one => `ticket:${one.id}`),
    ...said.incidents.map(one => `incident:${one.id}`),
    ...said.notices.map(one => `notice:${one.id}`),
  ])
  const about = { installation, id, carrier: carrier.slug, accountId, language, createdAt, exportedAt: now }
  const parts = { [subscriberFile]: about, 'said.json': said, 'shown.json': shown, 'found.json': found }
  const payload = Object.entries({ ...parts, 'pushed.json': pushed, [chainsFile]: chains }).map(([path, value]) => {
    return { path, bytes: bundleJson(value) }
  })
  if (root) payload.push({ path: rootFile, bytes: Buffer.from(`${rootText(root)}\n`, 'utf8') })
  const files = sealBundle(signer, payload, subject, now)
  return { files, chains: chains.length, root: root?.number ?? null }
}
