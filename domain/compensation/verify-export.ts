import { createHash } from 'node:crypto'
import { z } from 'zod'
import { signatureFormat, signedBytes } from '@/domain/compensation/export-file'
import { isSigned } from '@/formats/signature/ed25519'

const form = z.strictObject({
  format: z.literal(signatureFormat),
  export: z.uuid(),
  carrier: z.uuid(),
  incident: z.uuid(),
  madeAt: z.iso.datetime(),
  rows: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  publicKey: z.string(),
  signature: z.string(),
})

export interface ExportVerdict {
  valid: boolean
  faults: { code: 'no-signature' | 'wrong-signature' | 'other-file' | 'unknown-key'; detail: string }[]
  export: string | null
  rows: number | null
  publicKey: string | null
  /** Whether that is a key that was known beforehand; without one, anybody may have written and signed it. */
  signer: 'known' | 'not-compared'
}

/** Judges an export's file by the signature beside it, without an installation. `keys`: those that may have signed. */
export async function verifyExport(
  file: AsyncIterable<Uint8Array>,
  signature: string,
  keys: string[] | null,
): Promise<ExportVerdict> {
  const faults: ExportVerdict['faults'] = []
  const signer = keys ? 'known' : 'not-compared'
  const read = form.safeParse(parsed(signature))
  if (!read.success) {
    faults.push({ code: 'no-signature', detail: 'There is no signature that can be read.' })
    return { valid: false, faults, export: null, rows: null, publicKey: null, signer }
  }
  const { format: _, publicKey, signature: given, ...signed } = read.data
  if (!isSigned(signedBytes(signed), { publicKey, signature: given }))
    faults.push({ code: 'wrong-signature', detail: 'It is not that key’s signature over what the file says.' })
  if (keys && !keys.includes(publicKey))
    faults.push({ code: 'unknown-key', detail: 'It is signed with another key than the ones given.' })
  const hash = createHash('sha256')
  for await (const bytes of file) hash.update(bytes)
  if (hash.digest('hex') !== signed.sha256)
    faults.push({ code: 'other-file', detail: 'The file is not the one that was signed.' })
  return { valid: faults.length === 0, faults, export: signed.export, rows: signed.rows, publicKey, signer }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
