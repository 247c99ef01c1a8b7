/** Since when a passkey was known with which somebody sees their content without a wait. */
export const longKnown = (now = new Date()): Date => new Date(now.getTime() - 30 * 24 * 3_600_000)
