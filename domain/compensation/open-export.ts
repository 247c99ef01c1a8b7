import { createHash } from 'node:crypto'
import type { Actor } from '@/domain/actor'
import { exportBytes, signatureFormat } from '@/domain/compensation/export-file'
import { notFound, wrongState } from '@/domain/errors'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import type { CompensationExport } from '@/prisma/generated/client'

async function load(actor: Actor, id: string): Promise<CompensationExport> {
  const { carrierId } = scope(actor, 'compensation.export')
  const where = { id, ...(carrierId === undefined ? {} : { carrierId }) }
  const row = await reader(actor).compensationExport.findFirst({ where })
  if (!row) throw notFound('export')
  return row
}

/**
 * The file of an export, streamed. Refuses "export-erased" where somebody in it has been erased since: it would be another file.
 * Throws at the end where the bytes are not those that were signed.
 */
export async function openExport(actor: Actor, exportId: string): Promise<AsyncIterable<Buffer>> {
  const { id, count, digest } = await load(actor, exportId)
  if ((await reader(actor).compensationDecision.count({ where: { exportId: id } })) !== count)
    throw wrongState('export-erased', 'Somebody in this export was erased since.')
  return (async function* () {
    const hash = createHash('sha256')
    for await (const { bytes } of exportBytes(reader(actor), id)) {
      hash.update(bytes)
      yield bytes
    }
    if (hash.digest('hex') !== digest) throw new Error('An export is not what was signed.')
  })()
}

/** The signature that goes beside the file, as JSON. */
export async function exportSignature(actor: Actor, exportId: string): Promise<string> {
  const { id, carrierId: carrier, incidentId: incident, madeAt, count, digest, ...key } = await load(actor, exportId)
  const signed = { export: id, carrier, incident, madeAt: madeAt.toISOString(), rows: count, sha256: digest }
  const { publicKey, signature } = key
  return `${JSON.stringify({ format: signatureFormat, ...signed, publicKey, signature }, null, 2)}\n`
}
