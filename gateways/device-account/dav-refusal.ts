import type { RefusalReason } from '@/domain/restore/device-account'
import { readErrors, type XmlElement } from '@/gateways/device-account/dav-multistatus'
import { cal, card, dav } from '@/gateways/device-account/dav-xml'

/** What a server's refusal of one item means, before it is known whether it concerns the account as a whole. */
export type Refusal =
  | { kind: 'refused'; reason: RefusalReason; detail: string }
  | { kind: 'uid-conflict'; href: string | null }
  | { kind: 'full' }

const byPrecondition: Record<string, RefusalReason> = {
  [card('supported-address-data')]: 'unsupported-type',
  [card('supported-address-data-conversion')]: 'unsupported-type',
  [cal('supported-calendar-data')]: 'unsupported-type',
  [cal('supported-calendar-component')]: 'unsupported-type',
  [card('valid-address-data')]: 'not-accepted',
  [cal('valid-calendar-data')]: 'not-accepted',
  [cal('valid-calendar-object-resource')]: 'not-accepted',
  [cal('min-date-time')]: 'not-accepted',
  [cal('max-date-time')]: 'not-accepted',
  [cal('max-instances')]: 'not-accepted',
  [cal('max-attendees-per-instance')]: 'not-accepted',
  [card('max-resource-size')]: 'too-large',
  [cal('max-resource-size')]: 'too-large',
  [dav('need-privileges')]: 'forbidden',
}
const uidConflicts = [card('no-uid-conflict'), cal('no-uid-conflict')]
const quotas = [dav('quota-not-exceeded'), dav('sufficient-disk-space')]

const reasonOf = (status: number): RefusalReason => {
  if (status === 413) return 'too-large'
  if (status === 415) return 'unsupported-type'
  if (status === 403 || status === 423) return 'forbidden'
  return status >= 500 || status === 408 || status === 425 ? 'server-error' : 'not-accepted'
}

const localName = (name: string): string => name.slice(name.indexOf('}') + 1)

/**
 * Reads the preconditions of CardDAV and CalDAV (RFC 6352 section 6.3.2.1, RFC 4791 section 5.3.2.1, RFC 4331) and else goes by the status.
 * The detail names statuses and preconditions alone: servers like to repeat in their messages what was sent to them.
 */
export const readRefusal = (status: number, errors: readonly XmlElement[]): Refusal => {
  const conflict = errors.find(({ name }) => uidConflicts.includes(name))
  if (conflict) {
    const href = conflict.children.find(({ name }) => name === dav('href'))?.text.trim()
    return { kind: 'uid-conflict', href: href || null }
  }
  if (status === 507 || errors.some(({ name }) => quotas.includes(name))) return { kind: 'full' }
  const known = errors.find(({ name }) => Object.hasOwn(byPrecondition, name))
  const named = (known ?? errors[0])?.name
  const detail = named === undefined ? `HTTP ${status}` : `HTTP ${status} ${localName(named)}`
  return { kind: 'refused', reason: known ? byPrecondition[known.name]! : reasonOf(status), detail }
}

/** The same from an answer's body. Nextcloud says a UID conflict in words only. */
export const readRefusalBody = (status: number, body: Uint8Array): Refusal => {
  const errors = readErrors(body)
  const words = errors.find(({ name }) => name === '{http://sabredav.org/ns}message')?.text ?? ''
  if (/\buid already exists\b/i.test(words)) return { kind: 'uid-conflict', href: null }
  return readRefusal(
    status,
    errors.filter(({ name }) => !name.startsWith('{http://sabredav.org/ns}')),
  )
}
