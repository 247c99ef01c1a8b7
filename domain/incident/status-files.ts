/** One file of the public status page. */
export interface StatusFile {
  /** As it is asked for, without query: "/en", "/api/v2/summary.json". */
  path: string
  /** Content-Type. */
  type: string
  body: string
  /** BCP 47, for Content-Language; null where the content has none. */
  language: string | null
}

export interface Generation {
  /** Only increases. */
  number: number
  publishedAt: Date
  files: StatusFile[]
}

/** Where the public status page is published: a folder that the portal, nginx or a CDN serves. */
export interface StatusFiles {
  /**
   * Writes a whole new generation beside the old one and swaps it in at once. False where a newer one is in its place
   * already; then nothing changes.
   */
  publish(generation: Generation): Promise<boolean>
  /** What is served now; null before the first. */
  current(): Promise<{ number: number; publishedAt: Date } | null>
}
