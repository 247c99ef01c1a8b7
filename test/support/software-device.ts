import { createHash, createPrivateKey, sign } from 'node:crypto'
import { createSoftwareKey, type SoftwareKey, signWithSoftwareKey } from '@/formats/webauthn/software-authenticator'
import { openPasskeys } from '@/gateways/passkeys'

export const site = { rpId: 'portal.example', origin: 'https://portal.example', acceptsSoftware: false }

/** Passkeys at the tests' site, or at one that differs. */
export const passkeysAt = (more: Partial<typeof site> = {}) => openPasskeys({ ...site, ...more })

// Of a maker that is not the demonstration's.
const model = Buffer.alloc(16, 7)

/** Somebody's device as the tests play it: it makes keys, and signs with the last one, or one named. */
export class Device {
  readonly keys: SoftwareKey[] = []

  create(options: string, { origin = site.origin, maker = model } = {}): string {
    const { answer, key } = createSoftwareKey({ options, origin, model: maker })
    this.keys.push(key)
    return answer
  }

  sign(options: string, { origin = site.origin, counter = 0, key = this.keys.at(-1)! } = {}): string {
    return signWithSoftwareKey(key, { options, origin, counter })
  }
}

interface Told {
  client?: object
  /** Flags of authenticator data that are not set. */
  without?: number
}

/** Another answer of the same key, well signed: the browser, or the device, tells something else. */
export function toldOtherwise(answer: string, key: SoftwareKey, { client = {}, without = 0 }: Told): string {
  const whole = JSON.parse(answer) as { response: Record<string, string> }
  const bytes = (name: string) => Buffer.from(whole.response[name] ?? '', 'base64url')
  const told = Buffer.from(JSON.stringify({ ...JSON.parse(bytes('clientDataJSON').toString()), ...client }))
  const made = 'attestationObject' in whole.response
  const data = bytes(made ? 'attestationObject' : 'authenticatorData')
  const flags = data.indexOf(createHash('sha256').update(key.rpId).digest()) + 32
  data[flags] = data[flags]! & ~without
  const signed = () => {
    const digest = createHash('sha256').update(told).digest()
    return sign('sha256', Buffer.concat([data, digest]), createPrivateKey(key.privateKey)).toString('base64url')
  }
  const parts = made
    ? { attestationObject: data.toString('base64url') }
    : { authenticatorData: data.toString('base64url'), signature: signed() }
  return JSON.stringify({
    ...whole,
    response: { ...whole.response, clientDataJSON: told.toString('base64url'), ...parts },
  })
}
