import { settings } from '@/app/_shell/settings'

/** Where this request reached us: what links in mail begin with, and what a form's origin must be. */
export function ownOrigin(headers: Headers): string {
  const { publicUrl } = settings()
  if (publicUrl !== null) return new URL(publicUrl).origin
  const secure = headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https'
  return `${secure ? 'https' : 'http'}://${headers.get('host') ?? 'localhost'}`
}

export const isSecure = (headers: Headers): boolean => ownOrigin(headers).startsWith('https:')

/**
 * Whether a form was sent from a page of ours. A missing origin is refused: every browser that can use the portal sends
 * one with a POST. Only the host is compared, because a proxy in front may take the encryption off.
 */
export function comesFromUs(headers: Headers): boolean {
  const origin = headers.get('origin')
  if (!origin || !URL.canParse(origin)) return false
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin') return false
  return new URL(origin).host === new URL(ownOrigin(headers)).host
}

/** A path of ours to go on to, or the fallback: never another site's address. */
export function localPath(value: string | null | undefined, fallback: string): string {
  if (!value || !value.startsWith('/') || /^\/[/\\]/.test(value) || /[\\\u0000-\u001f]/.test(value)) return fallback
  const url = new URL(value, 'http://here.invalid')
  return url.host === 'here.invalid' ? `${url.pathname}${url.search}${url.hash}` : fallback
}
