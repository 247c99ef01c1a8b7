/** Why a run waits, in codes; messages/ says for each what happened and what to do, to the subscriber and to support. */
export const waitReasons = {
  /** The subscriber must give the account's password again. */
  'password-refused': { needs: 'subscriber', retryAfterMinutes: null },
  /** The subscriber must make room, then press "Go on". */
  'account-full': { needs: 'subscriber', retryAfterMinutes: 360 },
  'server-unreachable': { needs: 'nobody', retryAfterMinutes: 15 },
  'server-busy': { needs: 'nobody', retryAfterMinutes: 5 },
  'account-not-found': { needs: 'subscriber', retryAfterMinutes: null },
  'address-not-allowed': { needs: 'support', retryAfterMinutes: null },
  'server-not-understood': { needs: 'support', retryAfterMinutes: null },
  /** The recovered data is not what was taken in: nothing is pushed from it. */
  'source-changed': { needs: 'support', retryAfterMinutes: null },
  /** A batch that it takes from was withheld: nothing more of it is pushed until it is released, which wakes the run. */
  'batch-withheld': { needs: 'support', retryAfterMinutes: 15 },
  /** What we pushed is vanishing: a device overwrites the account. */
  vanishing: { needs: 'subscriber', retryAfterMinutes: null },
  /** Somebody said "this was not me": two of support's people decide when it goes on. */
  frozen: { needs: 'support', retryAfterMinutes: null },
  /** The subscriber has locked restores, and may unlock them. */
  locked: { needs: 'subscriber', retryAfterMinutes: null },
  /** A SIM, address or passkey of the subscriber's changed: ten days from then they may go on. */
  'identity-changed': { needs: 'subscriber', retryAfterMinutes: null },
  /** The other of the two persons of a crossing is frozen, has locked restores or changed: it goes on once that is over. */
  'other-held': { needs: 'subscriber', retryAfterMinutes: null },
  /** A fault of ours; an administrator sees it among the stuck work. */
  'our-fault': { needs: 'support', retryAfterMinutes: 30 },
} as const satisfies Record<string, { needs: 'subscriber' | 'support' | 'nobody'; retryAfterMinutes: number | null }>

export type WaitReason = keyof typeof waitReasons

export const isWaitReason = (value: unknown): value is WaitReason => typeof value === 'string' && value in waitReasons
