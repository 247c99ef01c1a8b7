/** How long a session lasts: from its beginning, and without being used. Minutes. */
export const sessionLimits = {
  staff: { absolute: 24 * 60, idle: 60 },
  subscriber: { absolute: 24 * 60, idle: 12 * 60 },
} as const

/**
 * Whether a session has rested, or lasted, as long as it may. Sightings are noted to the minute, so that one ends up to a minute
 * before it has rested its hour, and never after.
 */
export function hasRested(
  session: { staffId: string | null; lastSeenAt: Date; createdAt: Date },
  now = new Date(),
): boolean {
  const { absolute, idle } = sessionLimits[session.staffId === null ? 'subscriber' : 'staff']
  const since = (moment: Date) => (now.getTime() - moment.getTime()) / 60_000
  return since(session.lastSeenAt) >= idle || since(session.createdAt) >= absolute
}
