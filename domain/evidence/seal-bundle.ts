import { bundleJson, signatureFile, signedFile } from '@/domain/evidence/bundle-form'
import type { EvidenceSigner } from '@/domain/evidence/signer'
import { type BagFile, composeBag } from '@/formats/bagit/compose-bag'

/** A bundle's files as a signed BagIt bag (RFC 8493), the signature last. `payload` lies below data/. */
export function sealBundle(signer: EvidenceSigner, payload: BagFile[], subject: string, now: Date): BagFile[] {
  const files = composeBag(payload, [
    ['Source-Organization', 'Homeward'],
    ['External-Identifier', subject],
    ['External-Description', 'What was said, shown, found and pushed for one subscriber'],
    ['Bagging-Date', now.toISOString().slice(0, 10)],
  ])
  const signed = files.find(({ path }) => path === signedFile)!.bytes
  const signature = { publicKey: signer.publicKey, signature: signer.sign(signed) }
  const bytes = bundleJson({ format: 'homeward-evidence-signature-1', signs: signedFile, ...signature })
  return [...files, { path: signatureFile, bytes }]
}
