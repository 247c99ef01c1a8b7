import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { EmbeddedPostgres } from '@/bin/embedded-postgres'
import { projectRoot } from '@/bin/project-root'
import { installationSecrets, secretsFile } from '@/bin/secrets-file'
import { vapidKeys } from '@/bin/vapid-file'
import { type Environment, environment, SettingsUnusable } from '@/gateways/env'
import { keyText } from '@/gateways/keyring'

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
  if (!isEmbedded()) completeKey()
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
  // The keys' own file, where nobody says otherwise: a key added there is known to every process within a second.
  if (given('HOMEWARD_KEY') === undefined)
    complete({ HOMEWARD_KEY_FILE: given('HOMEWARD_KEY_FILE') ?? secretsFile(dataDirectory) })
  completeKey()
  complete({
    DATABASE_URL: embedded.applicationUrl,
    NEXTAUTH_SECRET: given('NEXTAUTH_SECRET') ?? secrets.nextauthSecret,
    VAPID_PUBLIC_KEY: given('VAPID_PUBLIC_KEY') ?? push.publicKey,
    VAPID_PRIVATE_KEY: given('VAPID_PRIVATE_KEY') ?? push.privateKey,
  })
  return embedded
}

function completeKey(): void {
  const file = given('HOMEWARD_KEY_FILE')
  if (file === undefined || given('HOMEWARD_KEY') !== undefined) return
  try {
    complete({ HOMEWARD_KEY: keyText(readFileSync(file, 'utf8')) })
  } catch {
    throw new SettingsUnusable(['HOMEWARD_KEY_FILE is not one that can be read'])
  }
}

function complete(settings: Record<string, string>): void {
  Object.assign(process.env, settings)
}
