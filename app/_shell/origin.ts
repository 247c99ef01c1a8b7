import { settings } from '@/app/_shell/settings'

/**
 * Where this request reached us: what links in mail begin with. The demonstration is opened under any name of its own
 * machine; elsewhere only PUBLIC_URL counts, because whoever asks can write anything into a Host header.
 */
export function ownOrigin(headers: Headers): string {
  const { demonstration, publicUrl } = settings()
  const host = headers.get('host')
  return demonstration && host !== null ? `http://${host}` : new URL(publicUrl).origin
}

export const isSecure = (headers: Headers): boolean => ownOrigin(headers).startsWith('https:')

/**
 * Whether a form was sent from a page of ours. A missing origin is refused: every browser that can use the portal sends
 * one with a POST. Only hosts are compared, because a proxy in front may take the encryption off.
 */
export function comesFromUs(headers: Headers): boolean {
  const origin = headers.get('origin')
  if (!origin || !URL.canParse(origin)) return false
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin') return false
  const { host } = new URL(origin)
  return host === headers.get('host') || host === new URL(ownOrigin(headers)).host
}

/** A path of ours to go on to, or the fallback: never another site's address. */
export function localPath(value: string | null | undefined, fallback: string): string {
  if (!value?.startsWith('/') || /^\/[/\\]/.test(value) || /[\\\u0000-\u001f]/.test(value)) return fallback
  const url = new URL(value, 'http://here.invalid')
  return url.host === 'here.invalid' ? `${url.pathname}${url.search}${url.hash}` : fallback
}
