import { readBounded } from '@/app/_shell/read-bounded'

/** The fields of a posted form; a field that was sent once is a text, one that was sent several times a list. */
export type Fields = Record<string, string | string[]>

/** Far more than the longest form of ours has. Each costs time before anybody is asked who they are. */
const mostFields = 2_000

/**
 * The fields, without the NUL characters that no text field of ours and no database takes; null where it is no form. "too-long":
 * more than `most` octets, or more fields than any form of ours has. `files`: fields whose files are read as their text.
 */
export async function readFields(
  request: Request,
  most: number,
  files: readonly string[] = [],
): Promise<Fields | 'too-long' | null> {
  const type = request.headers.get('content-type') ?? ''
  const [, kind] = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.exec(type) ?? []
  if (kind === undefined) return null
  const bytes = await readBounded(request, most)
  if (bytes === null || countFields(bytes, kind) > mostFields) return 'too-long'
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(noForm)
  if (form === null) return null
  // A field may be called as it likes: "__proto__" too is nothing but a field.
  const fields = Object.create(null) as Record<string, string[]>
  for (const [name, value] of form) {
    fields[name] ??= []
    if (typeof value === 'string') fields[name].push(value.replaceAll('\0', ''))
    else if (files.includes(name)) fields[name].push((await textOf(value)).replaceAll('\0', ''))
  }
  const given = Object.create(null) as Fields
  for (const [name, values] of Object.entries(fields)) given[name] = values.length === 1 ? values[0]! : values
  return given
}

/** How many fields there are at most, without taking the form apart: of a part its one header that it cannot do without. */
function countFields(bytes: Buffer, kind: string): number {
  if (/^multipart/i.test(kind)) return bytes.toString('latin1').match(/content-disposition/gi)?.length ?? 0
  let count = 1
  for (let at = bytes.indexOf('&'); at !== -1; at = bytes.indexOf('&', at + 1)) count++
  return count
}

/** As programs save tables: UTF-8 or UTF-16 with its mark, UTF-8 without one, or else the old code page of the West. */
async function textOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return new TextDecoder('windows-1252').decode(bytes)
    throw error
  }
}

function noForm(error: unknown): null {
  if (error instanceof TypeError) return null
  throw error
}
