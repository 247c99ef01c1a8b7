import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { camaraForm } from '@/gateways/camara-settings'
import { parseKeyring } from '@/gateways/keyring'
import { isRandomLooking } from '@/gateways/random-looking'
import { afterForm, type MailInPlace, mailInForm, mailInPlace, rateForm, smtpForm } from '@/gateways/rate-form'
import { missingOfS3, s3Form, s3Place } from '@/gateways/s3-form'

const givenAway = /secret|password|change|default|example|homeward|[^\x20-\x7e]/i

const url = (...schemes: string[]) =>
  z.string().refine(text => schemes.some(scheme => text.startsWith(`${scheme}://`)) && URL.canParse(text), {
    error: `begins with ${schemes.map(scheme => `${scheme}://`).join(' or ')}`,
  })

const key = z.string().superRefine((text, context) => {
  try {
    parseKeyring(text)
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'cannot be read' })
  }
})

const place = z.string().refine(text => url('file').safeParse(text).success || s3Place(text) !== null, {
  error: 'begins with file:// or is s3://bucket/prefix',
})

const absent = z.literal('').transform(() => undefined)
const optional = <T extends z.ZodType>(form: T) => z.union([absent, form]).optional()

const zone = z.string().refine(isZone, { error: 'names a zone like America/Los_Angeles' })

const isContact = (text: string): boolean =>
  text.split(',').every(one => /^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/.test(one.trim()) && URL.canParse(one.trim()))

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false
  }
}

const settings = z.object({
  DATABASE_URL: url('postgresql', 'postgres'),
  REDIS_URL: optional(url('redis', 'rediss')),
  DATA_DIR: z.string().min(1),
  BACKUP_URL: url('file'),
  SNAPSHOT_URL: url('file'),
  STATUS_URL: optional(place),
  ...s3Form.shape,
  SMTP_URL: optional(url('smtp', 'smtps')),
  MAIL_FROM: z.string().regex(/@/, { error: 'holds a mail address' }),
  PUBLIC_URL: url('http', 'https'),
  ...rateForm.shape,
  ...smtpForm.shape,
  ...mailInForm.shape,
  ...afterForm.shape,
  ...camaraForm.shape,
  TIME_ZONE: z.union([absent, zone]).default('UTC'),
  NEXTAUTH_SECRET: z
    .string()
    .refine(text => text.replace(/\s/g, '').length >= 32, { error: 'has 32 characters or more' })
    .refine(text => new Set(text).size >= 10 && !givenAway.test(text) && isRandomLooking(text), { error: 'is random' }),
  HOMEWARD_KEY: key,
  HOMEWARD_KEY_FILE: optional(z.string().refine(file => path.isAbsolute(file), { error: 'is an absolute path' })),
  SMS_RECEIPT_SECRET: optional(
    z
      .string()
      .refine(text => text.replace(/\s/g, '').length >= 16, { error: 'has 16 characters or more' })
      .refine(text => new Set(text).size >= 8 && !givenAway.test(text) && isRandomLooking(text), {
        error: 'is random',
      }),
  ),
  SECURITY_CONTACT: optional(
    z.string().refine(isContact, { error: 'begins with mailto: or https://, with commas between several' }),
  ),
  DEVICE_ALLOWED_HOSTS: z.string().default(''),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(200).default(8),
  HOMEWARD_DEMONSTRATION: z.enum(['0', '1']).default('0'),
})

const form = settings.superRefine((given, context) => {
  const missing = given.STATUS_URL?.startsWith('s3:') ? missingOfS3(given) : null
  if (missing) context.addIssue({ code: 'custom', path: [missing], message: 'is there' })
  // Answers would go where nobody listens, or nobody would know where to answer.
  const { MAIL_IN_PORT, REPLY_DOMAIN } = given
  const alone = MAIL_IN_PORT === undefined ? 'MAIL_IN_PORT' : 'REPLY_DOMAIN'
  if ((MAIL_IN_PORT === undefined) !== (REPLY_DOMAIN === undefined))
    context.addIssue({ code: 'custom', path: [alone], message: 'is set where the other one is' })
  // Whoever learns the one would have the other.
  const { NEXTAUTH_SECRET, HOMEWARD_KEY, SMS_RECEIPT_SECRET } = given
  const twice = (name: string) => context.addIssue({ code: 'custom', path: [name], message: 'serves for this alone' })
  if (HOMEWARD_KEY.includes(NEXTAUTH_SECRET)) twice('NEXTAUTH_SECRET')
  if (SMS_RECEIPT_SECRET && `${HOMEWARD_KEY} ${NEXTAUTH_SECRET}`.includes(SMS_RECEIPT_SECRET))
    twice('SMS_RECEIPT_SECRET')
})

/** The settings of an installation, checked. README says what each is for. */
export interface Environment {
  databaseUrl: string
  /** Null: the queue lives in PostgreSQL. */
  redisUrl: string | null
  /** Absolute path. */
  dataDirectory: string
  backupUrl: string
  snapshotUrl: string
  /** Where the status page is published: a folder or "s3://bucket/prefix". */
  statusUrl: string
  /** Null: mail is written to files. */
  smtpUrl: string | null
  mailFrom: string
  /** Where a relay brings the answers to our mail; null: no mail is listened for. */
  mailIn: MailInPlace | null
  /** Where people reach the portal, without a trailing slash. */
  publicUrl: string
  /** In which mails to many tell times (IANA name). */
  timeZone: string
  nextAuthSecret: string
  homewardKey: string
  /** Where the same ring stands in a file that is read anew when it changes; null: nowhere. */
  homewardKeyFile: string | null
  /** Where security researchers write to (mailto: or https: addresses); empty: nowhere. */
  securityContacts: string[]
  /** Hosts (host or host:port) that device accounts may use although their addresses are private. */
  deviceAllowedHosts: string[]
  /** Tasks a worker has in hand at once. */
  workerConcurrency: number
  /** Everything is invented: the launcher alone turns it on, for its own database and without SMTP_URL. */
  demonstration: boolean
}

export class SettingsUnusable extends Error {
  /** One sentence a setting, each naming it and never its value. */
  constructor(readonly problems: string[]) {
    super(`Settings that cannot be used:\n${problems.map(problem => `  ${problem}`).join('\n')}`)
    this.name = 'SettingsUnusable'
  }
}

/** Reads the settings that the launcher completed. Throws {@link SettingsUnusable} naming every one that is missing or wrong. */
export function environment(env: Record<string, string | undefined> = process.env): Environment {
  const read = form.safeParse(env)
  if (!read.success) {
    throw new SettingsUnusable(
      read.error.issues.map(issue => {
        const name = String(issue.path[0])
        return env[name] ? `${name} is not one that ${issue.message}` : `${name} is missing`
      }),
    )
  }
  const given = read.data
  return {
    databaseUrl: given.DATABASE_URL,
    redisUrl: given.REDIS_URL ?? null,
    dataDirectory: given.DATA_DIR,
    backupUrl: given.BACKUP_URL,
    snapshotUrl: given.SNAPSHOT_URL,
    statusUrl: given.STATUS_URL ?? pathToFileURL(path.join(given.DATA_DIR, 'status')).href,
    smtpUrl: given.SMTP_URL ?? null,
    mailFrom: given.MAIL_FROM,
    mailIn: mailInPlace(given),
    publicUrl: given.PUBLIC_URL.replace(/\/+$/, ''),
    timeZone: given.TIME_ZONE,
    nextAuthSecret: given.NEXTAUTH_SECRET,
    homewardKey: given.HOMEWARD_KEY,
    homewardKeyFile: given.HOMEWARD_KEY_FILE ?? null,
    securityContacts: given.SECURITY_CONTACT?.split(',').map(one => one.trim()) ?? [],
    deviceAllowedHosts: given.DEVICE_ALLOWED_HOSTS.split(',').flatMap(host => host.trim() || []),
    workerConcurrency: given.WORKER_CONCURRENCY,
    demonstration: given.HOMEWARD_DEMONSTRATION === '1' && !given.SMTP_URL,
  }
}
