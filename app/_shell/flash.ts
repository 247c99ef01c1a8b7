import { randomUUID } from 'node:crypto'
import { cookies, headers } from 'next/headers'
import { isSecure } from '@/app/_shell/origin'
import { outside } from '@/app/_shell/outside'
import { cookieOptions } from '@/app/_shell/session-cookie'
import { SecretUnreadable } from '@/domain/subscriber/secrets'

const cookieName = 'hw-form'
const seconds = 900

/** What was entered into a form that was not accepted, and what to put right: shown by the page the person comes back to. */
export interface Flash {
  /** Stands in the page's address too, so that another page, or the same one opened anew, shows nothing of it. */
  id: string
  errors: { field: string | null; code: string }[]
  values: Record<string, string[]>
}

// Browsers keep at most 4,096 bytes of a cookie, and sealing makes three bytes four.
const longest = 2_700

/**
 * Keeps the flash in a cookie and answers the path with its id. Encrypted, because a form may hold what nobody else
 * should read, and cookies are kept on disks. For route handlers: pages cannot set cookies.
 */
export async function withFlash(path: string, flash: Omit<Flash, 'id'>): Promise<string> {
  const id = randomUUID().slice(0, 8)
  let values = flash.values
  if (Buffer.byteLength(JSON.stringify(values)) > longest) values = shortened(values)
  const text = JSON.stringify({ ...flash, id, values })
  const sealed = Buffer.from(outside().secrets.seal(text, 'form')).toString('base64url')
  const [head, jar] = await Promise.all([headers(), cookies()])
  jar.set(cookieName, sealed, cookieOptions(isSecure(head), seconds))
  const url = new URL(path, 'http://here.invalid')
  url.searchParams.set('form', id)
  return `${url.pathname}${url.search}${url.hash}`
}

/** The flash of this page's address, or null. */
export async function readFlash(id: string | undefined): Promise<Flash | null> {
  const cookie = (await cookies()).get(cookieName)?.value
  if (!id || !cookie) return null
  try {
    const flash = JSON.parse(outside().secrets.openText(Buffer.from(cookie, 'base64url'), 'form')) as Flash
    return flash.id === id ? flash : null
  } catch (error) {
    if (error instanceof SecretUnreadable) return null
    throw error
  }
}

// Whole values as long as there is room, the shortest first: one that is far too long must not cost the others.
function shortened(values: Record<string, string[]>): Record<string, string[]> {
  let room = longest
  const kept: Record<string, string[]> = {}
  for (const [name, list] of Object.entries(values).sort(([, a], [, b]) => a.join().length - b.join().length)) {
    const text = list.map(value => value.slice(0, room))
    room -= Buffer.byteLength(JSON.stringify({ [name]: text }))
    if (room < 0) break
    kept[name] = text
  }
  return kept
}
