/** Field names that hold what a person wrote, who they are, where their things lie, or what opens them. */
const personal = new Set(
  `account address addresses attachment authorization bcc birthday body cc content contents cookie cookies credential credentials
  data description displayname display familyname file filename firstname fn from givenname headers href html ics key keyring
  lastname line lines link links location mail message messages name names nickname note notes organizer passphrase path paths
  payload person photo query raw recipient record records recipients sender subject subscriber summary tel text title to uid url
  urls user username value values vcard vcf`.split(/\s+/),
)
const alwaysPersonal = /password|secret|token|e-?mail|phone|session/i
const removed = '[removed]'
const deepest = 6
const longest = 500

/**
 * A copy of the fields that may stand in a log: nothing personal or secret at any depth, no bytes, errors by type, code
 * and place. Counts may stand under any name.
 */
export function scrubFields(fields: object, depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, mayStand(name, value) ? scrubValue(value, depth) : removed]),
  )
}

function mayStand(name: string, value: unknown): boolean {
  if (alwaysPersonal.test(name)) return false
  const isCount = value === null || typeof value === 'boolean' || (typeof value === 'number' && value < 1e9)
  return isCount || !personal.has(name.toLowerCase().replace(/[^a-z]/g, ''))
}

function scrubValue(value: unknown, depth: number): unknown {
  if (value instanceof Error) return scrubError(value, depth)
  if (value instanceof Date) return value
  if (value instanceof URL) return scrubText(value.href)
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (typeof value === 'string') return scrubText(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= deepest) return '[deeper]'
  return Array.isArray(value) ? value.map(each => scrubValue(each, depth + 1)) : scrubFields(value, depth + 1)
}

/** Never an error's other fields: libraries keep rows, requests and responses there. */
function scrubError(error: Error, depth: number): Record<string, unknown> {
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const cause = error.cause instanceof Error && depth < deepest ? { cause: scrubError(error.cause, depth + 1) } : {}
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line))
  return { type: error.name, ...code, message: scrubMessage(error.message), stack: frames.join('\n'), ...cause }
}

/** An error's message: its first and last line (Prisma's others repeat the arguments), without what stands in quotes. */
export function scrubMessage(message: string): string {
  const lines = message.split('\n').filter(line => line.trim() !== '')
  const kept = [...new Set([lines[0] ?? '', lines.at(-1) ?? ''])].join(' … ')
  return scrubText(kept)
    .replace(/(['"])[^'"]*\1/g, '$1…$1')
    .replace(/[“«‘][^”»’]*[”»’]/g, '…')
}

const patterns: [RegExp, string][] = [
  // PostgreSQL's details name the row: Key (email)=(…) already exists. Failing row contains (…).
  [/\bMessage: `.*/gs, 'Message: …'],
  [/\bKey \([^)]*\)=\(.*/gs, 'Key …'],
  [/\bFailing row contains.*/gis, 'Failing row …'],
  [/BEGIN:V(?:CARD|CALENDAR|EVENT|TODO|JOURNAL|ALARM|TIMEZONE).*/gis, '[content]'],
  [/\b([a-z][a-z0-9+.-]{1,15}:\/\/)[^\s/@]*@/gi, '$1'],
  [/\b(https?:\/\/[^\s/?#"'<>]+)[^\s"'<>]*/gi, '$1/…'],
  [/\bfile:\/\/[^\s"'<>]*/gi, '[path]'],
  [/(['"])(?:\/|[A-Za-z]:\\)[^'"]*\1/g, '[path]'],
  [/[^\s"'<>()[\],:;=]+(?:@|%40|＠|﹫)[^\s"'<>()[\],:;=]+/g, '[mail]'],
  [/\b(Basic|Bearer|Digest)\s+[A-Za-z0-9+/=._~-]{6,}/gi, '$1 [removed]'],
  [/\+\d[\d .()-]{6,18}\d/g, '[phone]'],
  [/(?<![\w.-])\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}(?![\w.-])/g, '[phone]'],
]

/** Takes out of a text what looks like an address, a number, a path, a secret or somebody's record. */
export function scrubText(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text
  return patterns.reduce((scrubbed, [pattern, replacement]) => scrubbed.replace(pattern, replacement), cut)
}
