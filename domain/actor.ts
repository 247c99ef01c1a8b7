import type { StaffRole } from '@/prisma/generated/enums'

export const staffRoles = [
  'support_agent',
  'support_lead',
  'carrier_author',
  'carrier_approver',
  'incident_manager',
  'administrator',
  'auditor',
] as const satisfies readonly StaffRole[]

export const roles = ['anonymous', 'subscriber', ...staffRoles, 'machine', 'system'] as const
export type Role = (typeof roles)[number]

/** Who acts. Resolved once at the edge (session, command line, worker) and handed to every verb and finder. */
export type Actor =
  | { role: 'anonymous' }
  /** `provedAt` null: showed an address and nothing more. `keySince`: since when the passkey of that proof was known; a code has none. */
  | { role: 'subscriber'; subscriberId: string; carrierId: string; provedAt: Date | null; keySince?: Date | null }
  /** `carrierId` null: the installation's own staff, for all carriers. */
  | { role: (typeof staffRoles)[number]; staffId: string; carrierId: string | null; provedAt: Date | null }
  /** A program that holds a token: its scopes say which of the machine's verbs it may use (domain/access/token-scopes.ts). */
  | { role: 'machine'; tokenId: string; carrierId: string | null; scopes: readonly string[] }
  /** Workers and the operator's command line. */
  | { role: 'system'; name: string }

export const anonymous: Actor = { role: 'anonymous' }

export const system = (name: string): Actor => ({ role: 'system', name })

/** The id that events name; null for nobody. */
export function actorId(actor: Actor): string | null {
  switch (actor.role) {
    case 'anonymous':
      return null
    case 'subscriber':
      return actor.subscriberId
    case 'machine':
      return actor.tokenId
    case 'system':
      return actor.name
    default:
      return actor.staffId
  }
}
