import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const form = z.object({
  postgresSuperuser: z.string().min(32),
  postgresOwner: z.string().min(32),
  postgresApplication: z.string().min(32),
  nextauthSecret: z.string().min(32),
  homewardKey: z.string().min(32),
})

/** What an installation with the embedded database keeps secret, generated once. */
export type InstallationSecrets = z.infer<typeof form>

/** Where {@link installationSecrets} are kept. */
export const secretsFile = (dataDirectory: string): string => path.join(dataDirectory, 'secrets.json')

const generate = (): InstallationSecrets => ({
  postgresSuperuser: randomBytes(32).toString('base64url'),
  postgresOwner: randomBytes(32).toString('base64url'),
  postgresApplication: randomBytes(32).toString('base64url'),
  nextauthSecret: randomBytes(32).toString('base64url'),
  homewardKey: `k1:${randomBytes(32).toString('base64')}`,
})

/** Reads DATA_DIR/secrets.json, or makes it with mode 0600. Throws where data are there that older secrets protect. */
export function installationSecrets(dataDirectory: string): InstallationSecrets {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
  const file = secretsFile(dataDirectory)
  if (!existsSync(file)) {
    if (existsSync(path.join(dataDirectory, 'postgres/data'))) {
      throw new Error(`${file} is missing, and without it the data beside it cannot be opened. Put it back.`)
    }
    create(file)
  }
  chmodSync(file, 0o600)
  const read = form.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!read.success) throw new Error(`${file} is not complete: ${read.error.issues[0]?.path.join('.')}. Put it back.`)
  return read.data
}

// Written whole beside it and then linked: of two who begin at once, both read what the first one made.
function create(file: string): void {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(generate(), null, 2)}\n`, { mode: 0o600, flush: true })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!existsSync(file)) throw error
  } finally {
    rmSync(draft)
  }
}
