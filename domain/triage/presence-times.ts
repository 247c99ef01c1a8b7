/** How often a page that is open says so. */
export const beatEveryMs = 30_000

/** Two beats may be lost before whoever looks is taken for gone. */
export const beatLastsMs = 75_000

/** So long a page that says nothing more, because its browser runs no scripts, is told of as opened. */
export const openLastsMs = 10 * 60_000
