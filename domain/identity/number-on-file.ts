import { phoneNumber } from '@/domain/notification/recipient-key'
import type { Secrets } from '@/domain/subscriber/secrets'

const phoneContext = (subscriberId: string): string => `subscriber:${subscriberId}:phone`

interface OnFile {
  id: string
  phone: Uint8Array | null
  carrier: { country: string }
}

/**
 * The telephone that the carrier's record named before the incident, in E.164; null where it names none that can be dialled.
 * No verb changes it: a number that was given later proves nothing.
 */
export function numberOnFile(secrets: Secrets, { id, phone, carrier }: OnFile): string | null {
  return phone === null ? null : phoneNumber(secrets.openText(phone, phoneContext(id)), carrier.country)
}

/** "+1 ••• ••• ••10": enough to know one's own by. */
export const maskedNumber = (number: string): string =>
  `${number.slice(0, 2)} ${'•'.repeat(number.length - 4)} ${number.slice(-2)}`
