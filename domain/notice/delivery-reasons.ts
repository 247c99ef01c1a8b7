/** Why a delivery did not arrive, where another try of the same message to the same address cannot help. */
const hopeless = new Set([
  'address-refused',
  'message-refused',
  'no-address',
  'bad-address',
  'private-address',
  'gone',
  'withdrawn',
])

export const isWorthRetrying = (reason: string | null): boolean => reason === null || !hopeless.has(reason)

export const hopelessReasons: readonly string[] = [...hopeless]
