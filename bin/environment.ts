import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { EmbeddedPostgres } from '@/bin/embedded-postgres'
import { projectRoot } from '@/bin/project-root'
import { installationSecrets } from '@/bin/secrets-file'
import { vapidKeys } from '@/bin/vapid-file'
import { type Environment, environment, SettingsUnusable } from '@/gateways/env'

const DEFAULT_PORT = 3000

/** The settings of this process, complete: also in process.env, for its gateways and its children. */
export interface Resolved extends Environment {
  port: number
  /** Address to listen on; undefined: every one. */
  host: string | undefined
  /** As the role that owns the tables. */
  ownerUrl: string
  /** Null with DATABASE_URL. */
  embedded: EmbeddedPostgres | null
}

const given = (name: string) => process.env[name]?.trim() || undefined

/** Whether the embedded database is used: decided before anything is started. */
export const isEmbedded = () => given('DATABASE_URL') === undefined

function readPort(): number {
  const text = given('PORT')
  const port = text === undefined ? DEFAULT_PORT : Number(text)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw new SettingsUnusable(['PORT is a number from 1 to 65535'])
}

function readDataDirectory(): string {
  const wanted = given('DATA_DIR') ?? '.data'
  return path.resolve(projectRoot, wanted)
}

/**
 * Completes the settings: what can be derived, then secrets kept in DATA_DIR with the embedded database. With
 * DATABASE_URL they have to be given. `join` starts or finds the embedded database. Throws {@link SettingsUnusable}.
 */
export async function resolveEnvironment(
  join: (dataDirectory: string) => Promise<EmbeddedPostgres>,
): Promise<Resolved> {
  const port = readPort()
  const dataDirectory = readDataDirectory()
  const isDemonstration = isEmbedded() && given('SMTP_URL') === undefined
  const within = (name: string) => pathToFileURL(path.join(dataDirectory, name)).href
  const publicUrl = given('PUBLIC_URL') ?? given('NEXTAUTH_URL') ?? `http://localhost:${port}`
  complete({
    DATA_DIR: dataDirectory,
    PORT: String(port),
    BACKUP_URL: given('BACKUP_URL') ?? within('backup'),
    SNAPSHOT_URL: given('SNAPSHOT_URL') ?? within('snapshots'),
    STATUS_URL: given('STATUS_URL') ?? within('status'),
    PUBLIC_URL: publicUrl,
    NEXTAUTH_URL: publicUrl,
    MAIL_FROM: given('MAIL_FROM') ?? senderAt(publicUrl),
    HOMEWARD_DEMONSTRATION: isDemonstration ? '1' : '0',
  })
  const embedded = isEmbedded() ? await openEmbedded(dataDirectory, join) : null
  try {
    const ownerUrl = embedded?.ownerUrl ?? given('DATABASE_OWNER_URL') ?? given('DATABASE_URL')!
    const host = isDemonstration ? '127.0.0.1' : given('HOST')
    return { ...environment(), port, host, ownerUrl, embedded }
  } catch (error) {
    await embedded?.leave()
    throw error
  }
}

function senderAt(publicUrl: string): string {
  const host = URL.canParse(publicUrl) ? new URL(publicUrl).hostname : ''
  return `Homeward <no-reply@${/\.[a-z]+$/.test(host) ? host : 'homeward.example'}>`
}

async function openEmbedded(dataDirectory: string, join: (dataDirectory: string) => Promise<EmbeddedPostgres>) {
  const secrets = installationSecrets(dataDirectory)
  const embedded = await join(dataDirectory)
  const push = vapidKeys(dataDirectory)
  complete({
    DATABASE_URL: embedded.applicationUrl,
    NEXTAUTH_SECRET: given('NEXTAUTH_SECRET') ?? secrets.nextauthSecret,
    HOMEWARD_KEY: given('HOMEWARD_KEY') ?? secrets.homewardKey,
    VAPID_PUBLIC_KEY: given('VAPID_PUBLIC_KEY') ?? push.publicKey,
    VAPID_PRIVATE_KEY: given('VAPID_PRIVATE_KEY') ?? push.privateKey,
  })
  return embedded
}

function complete(settings: Record<string, string>): void {
  Object.assign(process.env, settings)
}
