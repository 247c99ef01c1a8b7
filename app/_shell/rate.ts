interface Window {
  count: number
  until: number
}

/**
 * A simple limit: so many in a window of so many minutes, by key, in this process's memory. Returns whether one more is
 * allowed, and counts it. Forgets windows that are over, so that its size is bounded by what comes in one of them.
 */
export function rateLimit(most: number, minutes: number): (key: string, now?: number) => boolean {
  const windows = new Map<string, Window>()
  return (key, now = Date.now()) => {
    for (const [old, { until }] of windows) {
      if (until > now) break
      windows.delete(old)
    }
    const window = windows.get(key)
    if (window === undefined || window.until <= now) {
      windows.delete(key)
      windows.set(key, { count: 1, until: now + minutes * 60_000 })
      return true
    }
    window.count++
    return window.count <= most
  }
}
