/** Signs what leaves the installation as evidence. Keys and signatures are base64url (Ed25519, RFC 8032). */
export interface EvidenceSigner {
  publicKey: string
  /** Of every key that the installation has, the current one's first. */
  publicKeys: string[]
  sign(bytes: Uint8Array): string
}
