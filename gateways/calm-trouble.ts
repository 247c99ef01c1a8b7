/** Clients that look for a server that is away say so many times a second: the same trouble is told once in ten seconds. */
export function calmTrouble(tell: (error: Error) => void): (error: unknown) => void {
  const told = new Map<string, number>()
  return thrown => {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown))
    const now = Date.now()
    for (const [what, at] of told) if (now - at > 10_000) told.delete(what)
    if (told.has(error.message)) return
    told.set(error.message, now)
    tell(error)
  }
}
