import { z } from 'zod'
import type { SimCheck } from '@/domain/identity/sim-check'
import type { CamaraSettings } from '@/gateways/camara-http'
import { camaraOtp, type OpenOtp } from '@/gateways/camara-otp'
import { camaraSim } from '@/gateways/camara-sim'

const given = z
  .string()
  .transform(text => text.trim() || undefined)
  .optional()

/** How the operator of a number is asked about its SIM. README says what each is for. */
export const camaraForm = z.object({
  CAMARA_URL: given,
  CAMARA_TOKEN_URL: given,
  CAMARA_CLIENT_ID: given,
  CAMARA_CLIENT_SECRET: given,
  /** Base of One Time Password SMS with its version: the operator then makes the codes, sends them and judges them. */
  OTP_URL: given,
  /** Hosts that may be private, and be spoken to without TLS. */
  CAMARA_ALLOWED_HOSTS: z.string().default(''),
  /** none: said on purpose that nobody can be asked here, so codes go out unasked. */
  SIM_CHECK: z.union([z.literal('').transform(() => undefined), z.literal('none')]).optional(),
})

const form = camaraForm.extend({ HOMEWARD_DEMONSTRATION: given })

/** The demonstration's numbers whose SIM is not the one it was, or whose operator says nothing. */
const swapped = '+12065550122'
const silent = '+14185550121'

/**
 * Who is asked about SIMs, as the environment says. Where nobody is named, every answer is "unknown", which holds: only
 * SIM_CHECK=none lets codes go out unasked. Throws where CAMARA_URL stands without its client.
 */
export function openSimCheck(env: Record<string, string | undefined>, onTrouble: (code: string) => void): SimCheck {
  const read = form.parse(env)
  if (read.CAMARA_URL) return camaraSim(clientOf(read, 'CAMARA_URL', read.CAMARA_URL), onTrouble)
  if (read.HOMEWARD_DEMONSTRATION === '1') return demonstrationSim
  if (read.SIM_CHECK === 'none') return { check: async () => ({ kind: 'unchanged' }) }
  return { check: async () => ({ kind: 'unknown', reason: 'not-configured' }) }
}

/** Who makes and judges codes; null where OTP_URL is not set: then they are ours. Throws where it stands without its client. */
export function openOtp(env: Record<string, string | undefined>, onTrouble: (code: string) => void): OpenOtp | null {
  const read = form.parse(env)
  return read.OTP_URL ? camaraOtp(clientOf(read, 'OTP_URL', read.OTP_URL), onTrouble) : null
}

function clientOf(read: z.output<typeof form>, name: string, url: string): CamaraSettings {
  const { CAMARA_TOKEN_URL: tokenUrl, CAMARA_CLIENT_ID: clientId, CAMARA_CLIENT_SECRET: clientSecret } = read
  if (!clientId || !clientSecret) throw new RangeError(`${name} needs CAMARA_CLIENT_ID and CAMARA_CLIENT_SECRET.`)
  const allowedHosts = read.CAMARA_ALLOWED_HOSTS.split(',').flatMap(host => host.trim() || [])
  return { url, tokenUrl, clientId, clientSecret, allowedHosts }
}

const demonstrationSim: SimCheck = {
  async check(number) {
    if (number === swapped) return { kind: 'changed', at: null }
    return number === silent ? { kind: 'unknown', reason: 'timed-out' } : { kind: 'unchanged' }
  },
}
