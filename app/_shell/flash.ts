import { randomUUID } from 'node:crypto'
import { cookies, headers } from 'next/headers'
import { cookieName, cookieOptions } from '@/app/_shell/cookie-options'
import { isSecure } from '@/app/_shell/origin'
import { outside } from '@/app/_shell/outside'
import { SecretUnreadable } from '@/domain/subscriber/secrets'
import { keepForm, readKeptForm } from '@/gateways/kept-forms'

const formCookie = 'hw-form'
/** Of what a device is asked: in the midst of a form that waits for its answer, whose own cookie stays. */
export const deviceCookie = 'hw-device'
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
// Far more than two languages of the longest text that is accepted.
const longestKept = 512 * 1024

/**
 * Keeps the flash in a cookie and answers the path with its id. Encrypted, because a form may hold what nobody else
 * should read, and cookies are kept on disks. `long`: what a cookie cannot hold is kept in a row, and the cookie says in
 * which; else it is shortened. For route handlers: pages cannot set cookies.
 */
export async function withFlash(
  path: string,
  flash: Omit<Flash, 'id'>,
  { long = false, cookie = formCookie } = {},
): Promise<string> {
  const id = randomUUID().slice(0, 8)
  const isLong = sizeOf(flash.values) > longest
  const values = isLong ? shortened(flash.values, long ? longestKept : longest) : flash.values
  const { secrets } = outside()
  const text = JSON.stringify({ ...flash, id, values })
  const row = isLong && long ? await keepForm(secrets.seal(text, `form:${id}`)) : null
  const sealed = secrets.seal(row === null ? text : JSON.stringify({ id, row }), 'form')
  const [head, jar] = await Promise.all([headers(), cookies()])
  const secure = isSecure(head)
  jar.set(cookieName(cookie, secure), Buffer.from(sealed).toString('base64url'), cookieOptions(secure, seconds))
  const url = new URL(path, 'http://here.invalid')
  url.searchParams.set('form', id)
  return `${url.pathname}${url.search}${url.hash}`
}

/** The flash of this page's address, or null. */
export async function readFlash(id: string | undefined, name = formCookie): Promise<Flash | null> {
  const [head, jar] = await Promise.all([headers(), cookies()])
  const cookie = jar.get(cookieName(name, isSecure(head)))?.value
  if (!id || !cookie) return null
  const { secrets } = outside()
  try {
    const flash = JSON.parse(secrets.openText(Buffer.from(cookie, 'base64url'), 'form')) as Flash | InRow
    if (flash.id !== id) return null
    if (!('row' in flash)) return flash
    const kept = await readKeptForm(flash.row)
    return kept && (JSON.parse(secrets.openText(kept, `form:${id}`)) as Flash)
  } catch (error) {
    if (error instanceof SecretUnreadable) return null
    throw error
  }
}

interface InRow {
  id: string
  row: string
}

const sizeOf = (values: Record<string, string[]>): number => Buffer.byteLength(JSON.stringify(values))

// Whole values as long as there is room, the shortest first: one that is far too long must not cost the others.
function shortened(values: Record<string, string[]>, most: number): Record<string, string[]> {
  let room = most
  const kept: Record<string, string[]> = {}
  for (const [name, list] of Object.entries(values).sort(([, a], [, b]) => a.join().length - b.join().length)) {
    const text = list.map(value => value.slice(0, room))
    room -= sizeOf({ [name]: text })
    if (room < 0) break
    kept[name] = text
  }
  return kept
}
