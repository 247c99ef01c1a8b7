// npm run campaign [-- --only PART,PART --restores N --kills N --tampers N --thefts N --inputs N --answers N --uploads N --replays N --changes N --claims N --agents N --linked N --timelines N --seed N]
// The long trials at full size, of which npm test runs a small share.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { bootstrap } from '@/bin/bootstrap.mjs'
import { projectRoot } from '@/bin/project-root'

/** Each trial and where it is: with vitest on a database, or with Playwright on the portal as it is built. */
const parts = {
  killing: ['test/campaign/kill-nine.test.ts'],
  tampering: ['test/campaign/chain-tampering.test.ts', 'test/campaign/bundle-tampering.test.ts'],
  attacker: ['test/domain/identity/attacker.test.ts'],
  codes: ['test/domain/identity/code.test.ts', 'test/domain/identity/session.test.ts'],
  verbs: ['test/matrix'],
  matrix: ['test/e2e/matrix.spec.ts'],
  attacks: ['test/e2e/attacks.spec.ts', 'test/e2e/detours.spec.ts', 'test/e2e/weak-secrets.spec.ts'],
  replays: ['test/e2e/at-once.spec.ts'],
  malformed: ['test/e2e/malformed.spec.ts'],
  'mass-reply': ['test/campaign/mass-reply.test.ts'],
  claims: ['test/domain/triage/take.test.ts'],
  erasure: ['test/domain/retention'],
  'service-clock': ['test/domain/triage/service-clock.test.ts'],
  answers: ['test/campaign/odd-answers.test.ts'],
  uploads: ['test/attacks/hostile-uploads.test.ts', 'test/e2e/hostile-uploads.spec.ts'],
}

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(parts).join() },
    restores: { type: 'string', default: '200' },
    kills: { type: 'string', default: '20' },
    tampers: { type: 'string', default: '10000' },
    thefts: { type: 'string', default: '1000' },
    inputs: { type: 'string', default: '100000' },
    answers: { type: 'string', default: '30000' },
    uploads: { type: 'string', default: '500' },
    replays: { type: 'string', default: '10000' },
    changes: { type: 'string', default: '100' },
    claims: { type: 'string', default: '10000' },
    agents: { type: 'string', default: '200' },
    linked: { type: 'string', default: '100000' },
    timelines: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '20091001' },
  },
})

const env = {
  ...process.env,
  CAMPAIGN_RESTORES: values.restores,
  CAMPAIGN_KILLS: values.kills,
  CAMPAIGN_TAMPERS: values.tampers,
  CAMPAIGN_THEFTS: values.thefts,
  CAMPAIGN_ANSWERS: values.answers,
  CAMPAIGN_REPLAYS: values.replays,
  CAMPAIGN_ROLE_CHANGES: values.changes,
  CAMPAIGN_CLAIMS: values.claims,
  CAMPAIGN_AGENTS: values.agents,
  CAMPAIGN_LINKED: values.linked,
  CAMPAIGN_TIMELINES: values.timelines,
  CAMPAIGN_ATTACKS: 'all',
  CAMPAIGN_SEED: values.seed,
  HOSTILE_UPLOADS: values.uploads,
  MALFORMED_INPUTS: values.inputs,
}

const run = (program: string, args: string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const command = path.join(projectRoot, 'node_modules/.bin', program)
    const child = spawn(command, args, { cwd: projectRoot, stdio: 'inherit', env })
    child.once('error', reject)
    child.once('exit', code => resolve(code ?? 1))
  })

const chosen = values.only.split(',')
const unknown = chosen.filter(name => !Object.hasOwn(parts, name))
if (unknown.length > 0) {
  console.error(`There is no trial called ${unknown.join(', ')}. There are ${Object.keys(parts).join(', ')}.`)
  process.exit(1)
}
const files = Object.entries(parts).flatMap(([name, all]) => (chosen.includes(name) ? all : []))
const inBrowser = files.filter(file => file.endsWith('.spec.ts'))
const others = files.filter(file => !inBrowser.includes(file))

if (inBrowser.length > 0) await bootstrap({ withBuild: true, say: step => console.error(`· ${step}`) })
// The one goes on after the other failed: what is found belongs to the same report.
const failed = [
  others.length === 0 ? 0 : await run('vitest', ['run', ...others]),
  inBrowser.length === 0 ? 0 : await run('playwright', ['test', ...inBrowser, '--reporter=list']),
].some(code => code !== 0)
process.exit(failed ? 1 : 0)
