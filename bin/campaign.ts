// npm run campaign [-- --restores N --kills N --seed N]: the long trials at full size, of which npm test runs a small share.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { projectRoot } from '@/bin/project-root'

const { values } = parseArgs({
  options: {
    restores: { type: 'string', default: '200' },
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '20091001' },
  },
})

const child = spawn(path.join(projectRoot, 'node_modules/.bin/vitest'), ['run', 'test/campaign'], {
  cwd: projectRoot,
  stdio: 'inherit',
  env: {
    ...process.env,
    CAMPAIGN_RESTORES: values.restores,
    CAMPAIGN_KILLS: values.kills,
    CAMPAIGN_SEED: values.seed,
  },
})
child.once('exit', code => process.exit(code ?? 1))
