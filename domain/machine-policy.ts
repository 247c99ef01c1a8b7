/** Rows of the policy table about programs: their tokens, and what they may do with one. */
export const machinePolicy = {
  /** Tokens of programs: made, rotated and revoked by people, once they have proved who they are. */
  'token.list': { administrator: 'any', auditor: 'any', system: 'any' },
  'token.manage': { administrator: 'any', system: 'any' },
  /** Numbers for programs, which name nobody. A program's right ends at its scopes as well. */
  'request.count': { machine: 'carrier', system: 'any' },
  'holding.count': { machine: 'carrier', system: 'any' },
  /** What programs of a carrier follow, by ids and codes and its own account ids: no name, no record. */
  'request.follow': { machine: 'carrier', system: 'any' },
  'ticket.follow': { machine: 'carrier', system: 'any' },
  /** For a subscriber whose identity the carrier has checked itself. */
  'request.file-for': { machine: 'carrier', system: 'any' },
  /** What a carrier's own people were told, and how they go on with it. */
  'ticket.file': { machine: 'carrier', system: 'any' },
  'ticket.add-entry': { machine: 'carrier', system: 'any' },
  'ticket.move': { machine: 'carrier', system: 'any' },
  /** Where a token's own program is told what happens. */
  'endpoint.manage': { machine: 'carrier' },
} as const
