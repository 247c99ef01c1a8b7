/** The portal's own settings. The launcher checks them at the start; here they are only read. */
export interface Settings {
  /** Everything here is invented: links and mail are shown on pages of their own. The launcher alone turns it on. */
  demonstration: boolean
  /** Where people reach the portal, without a trailing slash; null: where the request says it went to. */
  publicUrl: string | null
  nextAuthSecret: string
}

export function settings(): Settings {
  const publicUrl = process.env.PUBLIC_URL?.replace(/\/+$/, '') || null
  const nextAuthSecret = process.env.NEXTAUTH_SECRET
  if (!nextAuthSecret) throw new Error('NEXTAUTH_SECRET is not set: start through npm, which makes one.')
  return { demonstration: process.env.HOMEWARD_DEMONSTRATION === '1', publicUrl, nextAuthSecret }
}
