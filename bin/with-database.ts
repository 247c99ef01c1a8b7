// node bin/launch.mjs bin/with-database.ts PROGRAM [ARGUMENT...]: runs a program of node_modules/.bin beside the installation's
// database, which it starts if nobody uses it. `npm run prisma -- migrate dev` is made of it.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { joinEmbeddedPostgres } from '@/bin/embedded-postgres'
import { resolveEnvironment } from '@/bin/environment'
import { projectRoot } from '@/bin/project-root'

const [program = '', ...args] = process.argv.slice(2)
const { ownerUrl, embedded } = await resolveEnvironment(joinEmbeddedPostgres)
const child = spawn(path.join(projectRoot, 'node_modules/.bin', program), args, {
  stdio: 'inherit',
  env: { ...process.env, DATABASE_OWNER_URL: ownerUrl },
})
// Ctrl-C reaches the program too: we stay until it has ended.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
const code = await new Promise<number>(resolve => {
  child.once('error', error => {
    console.error(error.message)
    resolve(1)
  })
  child.once('exit', (status, signal) => resolve(signal ? 1 : (status ?? 1)))
})
await embedded?.leave()
process.exit(code)
