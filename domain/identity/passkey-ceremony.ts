import type { PasskeyDeviceType } from '@/prisma/generated/enums'

/** Where a ceremony takes place: what browsers bind a signature to (WebAuthn Level 3, sections 5.8.1 and 7). */
export interface CeremonySite {
  /** A host without port. */
  rpId: string
  /** Scheme, host and port. */
  origin: string
  /** Whether the demonstration's own keys count here. */
  acceptsSoftware: boolean
}

export interface KnownCredential {
  /** base64url. */
  credentialId: string
  transports: string[]
}

/** A key as its enrolment told it. */
export interface NewCredential extends KnownCredential {
  /** COSE_Key (RFC 9052). */
  publicKey: Uint8Array<ArrayBuffer>
  counter: number
  deviceType: PasskeyDeviceType
  backedUp: boolean
  isSoftware: boolean
}

/** A key as it is kept, for checking a signature of its own. */
export interface KeptCredential extends KnownCredential {
  publicKey: Uint8Array<ArrayBuffer>
  counter: number
}

/** What an answer says of itself before anything of it is checked. */
export interface Claimed {
  challenge: string
  credentialId: string
  /** The user handle, where the device gave one: {@link userHandle} of the key's owner. */
  userHandle: string | null
}

/** WebAuthn as the verbs use it, at one site. What it cannot verify it refuses with {@link PasskeyUnverified}. */
export interface PasskeyCeremony {
  site: CeremonySite
  /** Options for `navigator.credentials.create`, as JSON. */
  creationOptions(
    challenge: string,
    person: { handle: string; email: string; name: string },
    known: KnownCredential[],
  ): Promise<string>
  /** Options for `navigator.credentials.get`, as JSON; any key of this site where none is named. */
  requestOptions(challenge: string, known: KnownCredential[]): Promise<string>
  claimed(answer: string): Claimed
  verifyCreation(answer: string, challenge: string): Promise<NewCredential>
  /** Answers what to keep of the key from now on. */
  verifyRequest(
    answer: string,
    challenge: string,
    kept: KeptCredential,
  ): Promise<{ counter: number; backedUp: boolean; deviceType: PasskeyDeviceType }>
}

/** Another site's, of another challenge, by another key, its counter gone back, or no answer of a device at all. */
export class PasskeyUnverified extends Error {
  constructor(detail: string) {
    super(detail)
    this.name = 'PasskeyUnverified'
  }
}
