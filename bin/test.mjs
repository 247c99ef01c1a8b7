// npm test [-- --nothing-left-out]: every check there is, each one's result kept, going on after a failure.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { bootstrap, root } from './bootstrap.mjs'
import { installPrograms } from './test-programs.mjs'
import { asOne, nothing, playwrightCounts, sum, summaryLine, vitestCounts } from './test-results.mjs'

const strict =
  process.argv.includes('--nothing-left-out') || process.env.HOMEWARD_TEST_STRICT === '1' || process.env.CI === 'true'
const reports = path.join(root, 'test-results')
const vitestReport = path.join(reports, 'vitest.json')
const playwrightReport = path.join(reports, 'playwright.json')

// What the person has in the environment for their own installation is not for the tests.
const settings = [
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'REDIS_URL',
  'SMTP_URL',
  'BACKUP_URL',
  'SNAPSHOT_URL',
  'STATUS_URL',
  'DATA_DIR',
  'HOMEWARD_KEY',
  'HOMEWARD_KEY_FILE',
  'NEXTAUTH_SECRET',
  'SECURITY_CONTACT',
  'TRUSTED_PROXIES',
]
const channels = /^(?:S3|SMS|VAPID|WEBHOOK|AWS)_|_RATE$/
for (const name of Object.keys(process.env)) if (channels.test(name)) delete process.env[name]
for (const name of [...settings, 'PUBLIC_URL', 'NEXTAUTH_URL', 'PORT', 'NODE_ENV']) delete process.env[name]

if (!process.stdout.isTTY) {
  delete process.env.FORCE_COLOR
  process.env.NO_COLOR = '1'
}

const heading = text => console.log(`\n=== ${text}`)

function run(program, args, env = {}) {
  const command = path.join(root, 'node_modules/.bin', program)
  const all = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env }
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: all })
  // Ctrl-C is meant for the whole run.
  if (done.signal === 'SIGINT' || done.status === 130) process.exit(130)
  return done.status === 0
}

const hasBrowserTests = () =>
  existsSync(path.join(root, 'test/e2e')) &&
  readdirSync(path.join(root, 'test/e2e'), { recursive: true }).some(name => /\.spec\.tsx?$/.test(String(name)))

async function buildPortal() {
  try {
    await bootstrap({ withBuild: true, say: step => console.log(`· ${step}`) })
    return true
  } catch (error) {
    console.error(error.message)
    return false
  }
}

const steps = {
  'Formatting and lint': () => asOne(run('biome', ['ci', '--error-on-warnings', '--diagnostic-level=warn'])),
  Dependencies: () => {
    const done = spawnSync(process.execPath, ['bin/supply-chain.mjs'], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    return asOne(done.status === 0)
  },
  Types: () => asOne(run('next', ['typegen']) && run('tsc', ['--noEmit'])),
  'Unit and integration tests': () => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`]
    return vitestCounts(vitestReport, run('vitest', ['run', ...reporters]))
  },
  'Portal build': async () => asOne(await buildPortal()),
  'Browser tests': () => {
    if (!hasBrowserTests()) return nothing
    const ok = run('playwright', ['test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport })
    return playwrightCounts(playwrightReport, ok)
  },
}

const began = Date.now()
process.chdir(root)
await bootstrap({ say: step => console.log(`· ${step}`) })
const { missing, reason } = await installPrograms(step => console.log(`· ${step}`))
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

const results = []
for (const [name, check] of Object.entries(steps)) {
  heading(name)
  results.push({ name, ...(await check()) })
}

heading('Results')
for (const result of results) {
  console.log(`${result.failed > 0 ? 'FAILED' : 'ok    '} ${result.name}: ${summaryLine(result)}`)
}
const total = sum(results)
if (missing.length > 0) console.log(`Not installed: ${missing.join(', ')} (${reason}).`)
if (total.leftOut.length > 0) console.log(`Left out: ${total.leftOut.join('; ')}.`)
const lacking = strict && (missing.length > 0 || total.skipped > 0)
if (lacking) console.log('Nothing may be left out here (--nothing-left-out).')
console.log(`It took ${Math.round((Date.now() - began) / 1000)} s.`)
console.log(summaryLine(total))
process.exitCode = total.failed > 0 || lacking ? 1 : 0
