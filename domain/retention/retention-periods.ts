/** How long something is kept. */
export type Period = { days: number } | { minutes: number }

/**
 * What is kept how long: the one table of it. What is in none of its rows stays until its subscriber is erased; events, roots,
 * statements and notices stay for good. A legal hold keeps what is about somebody whatever the table says.
 */
export const retentionPeriods = {
  /** Snapshots and plans of restores, from the end of the days in which they can be undone. */
  archives: { days: 1 },
  /** Mail and text messages in the folders of a demonstration. */
  copies: { days: 30 },
  /** From here on: beyond the moment at which they have run out. */
  sessions: { minutes: 0 },
  'sign-in-links': { minutes: 0 },
  codes: { days: 30 },
  challenges: { minutes: 0 },
  invitations: { days: 90 },
  forms: { minutes: 15 },
  /** What programs were answered, by their keys. */
  answers: { days: 1 },
  /** Events that programs were told, or could not be. */
  'webhook-deliveries': { days: 30 },
  tasks: { days: 14 },
  messages: { days: 730 },
  /** With the keyed digest of the address that each went to. */
  deliveries: { days: 730 },
  /** Mail addresses that were given up: told for so long what happens. */
  'previous-addresses': { days: 30 },
  unconfirmed: { days: 7 },
  'ended-subscriptions': { days: 30 },
  /** Mail that came in: what was kept aside, and by what the rest is known when it comes again. */
  mails: { days: 30 },
  hosts: { days: 30 },
  beats: { days: 1 },
} as const satisfies Record<string, Period>

export type RetentionName = keyof typeof retentionPeriods

export const retentionNames = Object.keys(retentionPeriods) as RetentionName[]

/** What is older than this goes. */
export function keptSince(name: RetentionName, now: Date): Date {
  const period: Period = retentionPeriods[name]
  const ms = 'days' in period ? period.days * 86_400_000 : period.minutes * 60_000
  return new Date(now.getTime() - ms)
}
