import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { decodeAttestationObject } from '@simplewebauthn/server/helpers'
import { z } from 'zod'
import {
  type CeremonySite,
  type KnownCredential,
  type PasskeyCeremony,
  PasskeyUnverified,
} from '@/domain/identity/passkey-ceremony'
import { softwareAaguid } from '@/formats/webauthn/software-authenticator'

/** How long a browser waits for the person, within what a challenge lasts. Milliseconds. */
const timeout = 4 * 60_000

const base64url = z.string().regex(/^[\w-]+$/)
const claimedAnswer = z.object({
  id: base64url.max(2_000),
  response: z.object({ clientDataJSON: base64url.max(8_000), userHandle: base64url.max(200).nullish() }),
})
// Said to be true: the page that asked stood in another site's frame (Level 3, section 5.8.1). None of ours does.
const clientData = z.object({ challenge: base64url.max(200), crossOrigin: z.literal(false).nullish() })

/** WebAuthn (Level 3) at one site: the person is verified on their device, and no attestation is asked for. */
export function openPasskeys(site: CeremonySite): PasskeyCeremony {
  const { rpId, origin } = site
  return {
    site,
    async creationOptions(challenge, { handle, email, name }, known) {
      const options = await generateRegistrationOptions({
        rpName: 'Homeward',
        rpID: rpId,
        userID: new TextEncoder().encode(handle),
        userName: email,
        userDisplayName: name,
        challenge: bytesOf(challenge),
        timeout,
        attestationType: 'none',
        excludeCredentials: known.map(descriptor),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      })
      return JSON.stringify(options)
    },
    async requestOptions(challenge, known) {
      const options = await generateAuthenticationOptions({
        rpID: rpId,
        challenge: bytesOf(challenge),
        timeout,
        userVerification: 'required',
        allowCredentials: known.map(descriptor),
      })
      return JSON.stringify(options)
    },
    claimed(answer) {
      const { id, response } = read(claimedAnswer, answer)
      const { challenge } = read(clientData, textOf(response.clientDataJSON))
      return { challenge, credentialId: id, userHandle: response.userHandle ? textOf(response.userHandle) : null }
    },
    async verifyCreation(answer, challenge) {
      const response = JSON.parse(answer)
      const found = await told(async () => {
        refuseAttestation(response)
        const expected = { expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpId }
        return (await verifyRegistrationResponse({ response, ...expected })).registrationInfo
      })
      if (found === undefined) throw new PasskeyUnverified('The key could not be verified.')
      const { credential, credentialDeviceType, credentialBackedUp, aaguid } = found
      return {
        credentialId: credential.id,
        publicKey: Uint8Array.from(credential.publicKey),
        counter: credential.counter,
        transports: z.array(z.string().max(30)).max(10).catch([]).parse(credential.transports),
        deviceType: credentialDeviceType,
        backedUp: credentialBackedUp,
        isSoftware: aaguid === softwareAaguid,
      }
    },
    async verifyRequest(answer, challenge, { credentialId: id, publicKey, counter }) {
      const response = JSON.parse(answer)
      const expected = { expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpId }
      const { verified, authenticationInfo } = await told(() =>
        verifyAuthenticationResponse({ response, ...expected, credential: { id, publicKey, counter } }),
      )
      if (!verified) throw new PasskeyUnverified('The signature is another key’s.')
      const { newCounter, credentialBackedUp, credentialDeviceType } = authenticationInfo
      return { counter: newCounter, backedUp: credentialBackedUp, deviceType: credentialDeviceType }
    },
  }
}

const bytesOf = (challenge: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(challenge, 'base64url'))
const textOf = (encoded: string): string => Buffer.from(encoded, 'base64url').toString('utf8')
const descriptor = ({ credentialId: id, transports }: KnownCredential) => ({ id, transports })

/** What the library throws says what does not fit, and nothing else can go wrong in it: it reaches nothing outside. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new PasskeyUnverified(error instanceof Error ? error.message : String(error))
  }
}

function read<T>(schema: z.ZodType<T>, json: string): T {
  try {
    return schema.parse(JSON.parse(json))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError)
      throw new PasskeyUnverified('This is no answer of a device.')
    throw error
  }
}

/**
 * None was asked for, and then browsers send none, or one without certificates (Level 3, section 5.1.3). One with certificates
 * would have the library fetch revocation lists from addresses that the sender chose.
 */
function refuseAttestation(response: { response?: { attestationObject?: unknown } }): void {
  const encoded = response.response?.attestationObject
  const object = decodeAttestationObject(Uint8Array.from(Buffer.from(String(encoded ?? ''), 'base64url')))
  const format = object.get('fmt')
  const isSelf = format === 'packed' && object.get('attStmt').get('x5c') === undefined
  if (format !== 'none' && !isSelf) throw new PasskeyUnverified('An attestation was sent that nobody asked for.')
}
