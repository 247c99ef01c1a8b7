import { z } from 'zod'

/** Amazon's rules for names, section "General purpose bucket naming rules"; they hold for other servers too. */
const address = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/
const segment = /^[A-Za-z0-9_~][A-Za-z0-9._~=-]{0,99}$/
const longestPrefix = 200

const absent = z.literal('').transform(() => undefined)
const word = z.union([absent, z.string().regex(/^[\x21-\x7e]+$/, { error: 'is one word' })]).optional()
const server = z.url({ protocol: /^https?$/, error: 'begins with http:// or https://' })

/** The settings of an S3 server. Whoever reads more settings than these spreads its shape into its own form. */
export const s3Form = z.object({
  S3_ENDPOINT: z.union([absent, server]).optional(),
  S3_REGION: word,
  S3_ACCESS_KEY_ID: word,
  S3_SECRET_ACCESS_KEY: word,
})

/** Which of the settings is missing; null where there are enough. */
export function missingOfS3(given: z.output<typeof s3Form>): keyof typeof given | null {
  if (given.S3_ACCESS_KEY_ID === undefined && given.S3_SECRET_ACCESS_KEY === undefined) {
    // Amazon's own machines have a role instead of a key; nobody else's have.
    return given.S3_ENDPOINT === undefined ? null : 'S3_ACCESS_KEY_ID'
  }
  if (given.S3_ACCESS_KEY_ID === undefined) return 'S3_ACCESS_KEY_ID'
  return given.S3_SECRET_ACCESS_KEY === undefined ? 'S3_SECRET_ACCESS_KEY' : null
}

export interface S3Settings {
  /** Null: Amazon's. */
  endpoint: string | null
  region: string
  /** Null: the machine has a role, as Amazon's machines may. */
  keys: { id: string; secret: string } | null
}

/** Throws RangeError where a setting is missing or cannot be right, naming it and never its value. */
export function s3Settings(env: Record<string, string | undefined> = process.env): S3Settings {
  const read = s3Form.safeParse(env)
  if (!read.success) throw new RangeError(`${read.error.issues[0]!.path.join('.')} cannot be right.`)
  const missing = missingOfS3(read.data)
  if (missing) throw new RangeError(`${missing} is missing.`)
  const { S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID: id, S3_SECRET_ACCESS_KEY: secret } = read.data
  return {
    endpoint: S3_ENDPOINT ?? null,
    region: S3_REGION ?? 'us-east-1',
    keys: id === undefined || secret === undefined ? null : { id, secret },
  }
}

/** Where objects are kept: in the bucket, their keys beginning with the prefix and a slash, or without both. */
export interface S3Place {
  bucket: string
  prefix: string
}

/** Reads "s3://bucket/prefix"; null for anything else. */
export function s3Place(url: string): S3Place | null {
  const [, bucket, rest = ''] = address.exec(url) ?? []
  const prefix = rest.replace(/\/$/, '')
  const isWell = prefix === '' || prefix.split('/').every(one => segment.test(one))
  return bucket === undefined || !isWell || prefix.length > longestPrefix ? null : { bucket, prefix }
}
