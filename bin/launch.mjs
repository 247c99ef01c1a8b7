// node bin/launch.mjs [--quiet] [--build] PROGRAM.ts [ARGUMENT...]: prepares the folder, then runs a TypeScript program in this process.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { bootstrap, root } from './bootstrap.mjs'

const args = process.argv.slice(2)
const at = args.findIndex(argument => !argument.startsWith('--'))
const options = new Set(args.slice(0, at))
const program = path.join(root, args[at])
const silent = options.has('--quiet') && !process.stderr.isTTY

process.chdir(root)
if (existsSync('.env')) process.loadEnvFile('.env')
// A command's answer is a document: of the log beside it only what went wrong.
if (options.has('--quiet')) process.env.LOG_LEVEL ??= 'warn'
try {
  await bootstrap({
    withBuild: options.has('--build'),
    say: step => silent || console.error(`· ${step}`),
  })
} catch (error) {
  console.error(`Homeward could not be prepared: ${error.message}`)
  process.exit(1)
}

const { register } = await import('tsx/esm/api')
register({ tsconfig: path.join(root, 'tsconfig.json') })
process.argv.splice(1, at + 2, program)
await import(pathToFileURL(program).href)
