import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { z } from 'zod'
import { categories } from '@/domain/record/category'
import { passwordContext } from '@/domain/restore/add-account'
import type { DeviceAccount } from '@/domain/restore/device-account'
import type { Secrets } from '@/domain/subscriber/secrets'
import type { WorkQueue } from '@/domain/task/work-queue'
import { openBagEditor, openStorage } from '@/gateways/backup-storage/open-storage'
import { postgresLedger } from '@/gateways/backup-storage/postgres-ledger'
import { openOtp } from '@/gateways/camara-settings'
import { openChannels } from '@/gateways/channels'
import { closeDatabase } from '@/gateways/database'
import { openDavAccount } from '@/gateways/device-account/dav'
import { openVdirAccount } from '@/gateways/device-account/vdir'
import { evidenceSigner } from '@/gateways/evidence-signer'
import { openKeyring } from '@/gateways/keyring'
import { openLive } from '@/gateways/live'
import { logger } from '@/gateways/log'
import { folderMail, smtpMail } from '@/gateways/mail'
import { openStatusFiles } from '@/gateways/open-status-files'
import { openQueue, queuePlace } from '@/gateways/queue'
import { afterForm, type MailInPlace, mailInForm, mailInPlace, smtpForm } from '@/gateways/rate-form'
import { s3Place } from '@/gateways/s3-form'
import { fileSealedStore } from '@/gateways/sealed-store'
import { openSecrets } from '@/gateways/secrets'
import { folderCopies } from '@/gateways/sent-copies'
import type { DeviceAccount as AccountRow } from '@/prisma/generated/client'
import type { ProcessServices } from '@/workers/handler'

const fileUrl = z.url({ protocol: /^file$/ })
const s3Url = z.string().refine(text => s3Place(text) !== null)

const settings = z.object({
  DATABASE_URL: z.string().min(1),
  HOMEWARD_KEY: z.string().min(1),
  HOMEWARD_KEY_FILE: z.string().optional(),
  DATA_DIR: z.string().default('.data'),
  BACKUP_URL: z.string().optional(),
  SNAPSHOT_URL: fileUrl.optional(),
  STATUS_URL: z.union([fileUrl, s3Url]).optional(),
  DEVICE_ALLOWED_HOSTS: z.string().default(''),
  SMTP_URL: z.string().optional(),
  ...smtpForm.shape,
  ...mailInForm.shape,
  ...afterForm.shape,
  MAIL_FROM: z.string().default('Homeward <no-reply@homeward.example>'),
  PUBLIC_URL: z.string().default('http://localhost:3000'),
  TIME_ZONE: z.string().default('UTC'),
})

export interface OpenServices {
  services: ProcessServices
  queue: WorkQueue
  /** Where a relay brings the answers to our mail; null: no mail is listened for. */
  mailIn: MailInPlace | null
  /** Ends every connection, the database's too. */
  close(): Promise<void>
}

/**
 * The outside world of a worker or of the command line, as the environment names it. Opens no connection before the first
 * use. Throws where a setting is missing or cannot be read.
 */
export function openServices(part: string, env: Record<string, string | undefined> = process.env): OpenServices {
  const read = settings.safeParse(env)
  if (!read.success) throw new Error(`A setting is missing or wrong: ${namesOf(read.error)}.`)
  const { DATABASE_URL, DATA_DIR, BACKUP_URL, SNAPSHOT_URL, STATUS_URL, DEVICE_ALLOWED_HOSTS } = read.data
  const log = logger(part)
  const keys = openKeyring(read.data.HOMEWARD_KEY, read.data.HOMEWARD_KEY_FILE || null, error =>
    log.error({ err: error }, 'The keys cannot be read anew'),
  )
  const secrets = openSecrets(keys)
  const onTrouble = (error: Error) => log.warn({ err: error }, 'The queue or its server is in trouble')
  const place = { ...queuePlace(env), onTrouble }
  const queue = openQueue(place)
  const live = openLive(place)
  const mail = read.data.SMTP_URL
    ? smtpMail({ url: read.data.SMTP_URL, connections: read.data.SMTP_CONNECTIONS })
    : folderMail({ folder: path.resolve(DATA_DIR, 'mail') })
  const channels = openChannels(env)
  const otp = openOtp(env, code => log.warn({ code }, 'The operator of codes gave no answer that can be used'))
  const within = (name: string) => pathToFileURL(path.resolve(DATA_DIR, name)).href
  const status = openStatusFiles(STATUS_URL || within('status'), env, log)
  const allowedHosts = DEVICE_ALLOWED_HOSTS.split(',').flatMap(host => host.trim() || [])
  return {
    services: {
      storage: openStorage(BACKUP_URL || within('backup')),
      bags: openBagEditor(BACKUP_URL || within('backup')),
      copies: folderCopies({ mail: path.resolve(DATA_DIR, 'mail'), texts: path.resolve(DATA_DIR, 'sms') }),
      openLedger: () => postgresLedger(DATABASE_URL),
      sealed: fileSealedStore({ root: fileURLToPath(SNAPSHOT_URL ?? within('snapshots')), keys }),
      secrets,
      signer: evidenceSigner(keys),
      mail,
      sms: channels.sms,
      otp,
      push: channels.push,
      webhooks: channels.webhooks,
      rates: channels.rates,
      demonstration: channels.demonstration,
      statusFiles: status.files,
      mailFrom: read.data.MAIL_FROM,
      replyDomain: mailInPlace(read.data)?.domain ?? null,
      publicUrl: read.data.PUBLIC_URL.replace(/\/+$/, ''),
      timeZone: read.data.TIME_ZONE,
      askAfterDays: read.data.ASK_AFTER_DAYS,
      live,
      openAccount: async (row, signal) => openAccount(row, secrets, allowedHosts, signal),
      report: error => log.error({ err: error }, 'A fault of ours stopped something'),
      log,
      now: () => new Date(),
    },
    queue,
    mailIn: mailInPlace(read.data),
    async close() {
      await Promise.all([live.close(), queue.close(), mail.close(), channels.close(), otp?.close(), status.close()])
      await closeDatabase()
    },
  }
}

const namesOf = (error: z.ZodError) => [...new Set(error.issues.map(issue => issue.path.join('.')))].join(', ')

function openAccount(
  row: AccountRow,
  secrets: Secrets,
  allowedHosts: string[],
  signal: AbortSignal | undefined,
): DeviceAccount {
  if (row.kind === 'vdir') return openVdirAccount({ path: row.url })
  const { url, filesUrl, username } = row
  return openDavAccount({
    url,
    filesUrl,
    username,
    password: row.password === null ? null : secrets.openText(row.password, passwordContext(row.id)),
    allowedHosts,
    collections: targets.parse(row.targets),
    ...(signal ? { signal } : {}),
  })
}

const targets = z.partialRecord(z.enum(categories), z.string())
