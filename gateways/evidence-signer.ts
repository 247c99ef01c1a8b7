import type { EvidenceSigner } from '@/domain/evidence/signer'
import { ed25519Signer } from '@/formats/signature/ed25519'
import type { Keyring } from '@/gateways/keyring'

/** The installation's signing keys: one grows out of each key of HOMEWARD_KEY, so that there is no further secret to keep. */
export function evidenceSigner(keyring: Keyring): EvidenceSigner {
  const keys = keyring.ids.map(id => ed25519Signer(keyring.derive(id, 'homeward evidence signing 1')!))
  const { publicKey, sign } = keys[0]!
  return { publicKey, publicKeys: keys.map(key => key.publicKey), sign }
}
