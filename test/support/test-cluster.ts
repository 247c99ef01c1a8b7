import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { migrate } from '@/bin/migrate'
import { type Cluster, initialise, start, stop } from '@/bin/postgres-cluster'
import { APPLICATION, OWNER, provision, type RolePasswords, roleUrl } from '@/bin/postgres-roles'
import { projectRoot } from '@/bin/project-root'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

/** What a test needs to make itself a database. */
export interface TestCluster {
  port: number
  passwords: RolePasswords
}

/** Everything the migrated template is made from. */
const ingredients = [
  'prisma/migrations',
  'bin/migrate.ts',
  'bin/postgres-cluster.ts',
  'bin/postgres-roles.ts',
  'package-lock.json',
]

function* filesBelow(place: string): Generator<string> {
  const entries = readdirSync(path.join(projectRoot, place), { withFileTypes: true })
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name))) {
    const inside = path.join(place, entry.name)
    if (entry.isDirectory()) yield* filesBelow(inside)
    else yield inside
  }
}

function cacheFolder(): string {
  const hash = createHash('sha256').update(`${process.getuid?.()} ${process.platform}`)
  for (const place of ingredients) {
    for (const file of path.extname(place) ? [place] : filesBelow(place)) {
      hash.update(file).update(readFileSync(path.join(projectRoot, file)))
    }
  }
  return path.join(projectRoot, 'node_modules/.cache/homeward-test', hash.digest('hex').slice(0, 16))
}

const clusterIn = (folder: string, passwords: RolePasswords): Cluster => ({
  directory: path.join(folder, 'postgres'),
  superuserPassword: passwords.superuser,
  durable: false,
  endWithParent: true,
})

const passwordsOf = (folder: string): RolePasswords =>
  JSON.parse(readFileSync(path.join(folder, 'passwords.json'), 'utf8'))

// Making and migrating a cluster takes seconds, copying one a moment: so it is kept until what it is made from changes.
async function makeTemplate(target: string): Promise<void> {
  const draft = `${target}.${process.pid}`
  const secret = () => randomBytes(24).toString('base64url')
  const passwords = { superuser: secret(), owner: secret(), app: secret() }
  mkdirSync(draft, { recursive: true, mode: 0o700 })
  const cluster = clusterIn(draft, passwords)
  initialise(cluster)
  try {
    const { port } = await start(cluster)
    await provision(port, passwords)
    await migrate(roleUrl(port, OWNER, passwords.owner), roleUrl(port, APPLICATION, passwords.app))
  } finally {
    await stop(cluster)
  }
  writeFileSync(path.join(draft, 'passwords.json'), JSON.stringify(passwords), { mode: 0o600 })
  if (existsSync(target)) removeFolder(draft)
  else renameSync(draft, target)
}

/** Starts a PostgreSQL with the migrated database `homeward` as template. It ends with this process at the latest. */
export async function startTestCluster(): Promise<TestCluster & { stop(): Promise<void> }> {
  const template = cacheFolder()
  if (!existsSync(template)) await makeTemplate(template)
  const folder = temporaryFolder('postgres')
  const copied = spawnSync('cp', ['-a', `${template}/.`, folder], { encoding: 'utf8' })
  if (copied.status !== 0) throw new Error(`The test database could not be copied: ${copied.stderr}`)
  const passwords = passwordsOf(folder)
  const cluster = clusterIn(folder, passwords)
  const { port } = await start(cluster)
  return {
    port,
    passwords,
    async stop() {
      await stop(cluster)
      removeFolder(folder)
    },
  }
}
