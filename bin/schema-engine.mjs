#!/usr/bin/env node
// Speaks the stdio protocol of Prisma's native schema engine, which installs by download only, and answers it with the
// WebAssembly build from the registry: `npx prisma generate | migrate | db` then need nothing but `npm ci`.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'
import { databaseOf, inDatabase, migrationSessions, runOnce } from './schema-engine-session.mjs'

const PANIC_EXIT = 101
const NOWHERE = 'postgresql://127.0.0.1/none'
const EMPTY_SCHEMA = ['schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\n']

const writeLine = (stream, message) => stream.write(`${JSON.stringify(message)}\n`)
const logError = fields => writeLine(process.stderr, { level: 'ERROR', target: 'schema_engine::logger', fields })

function readArguments(argv) {
  const parsed = { datamodels: [], datasource: {}, command: null }
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === '--datamodels' || argv[i] === '-d') parsed.datamodels.push(argv[++i])
    else if (argv[i] === '--datasource') parsed.datasource = JSON.parse(argv[++i])
    else if (argv[i] === 'cli') parsed.command = argv[++i]
  }
  return parsed
}

// The package's entry imports .wasm as a module, which Node 20 cannot.
async function loadEngine() {
  const require = createRequire(import.meta.url)
  const file = path.join(path.dirname(require.resolve('@prisma/schema-engine-wasm')), 'schema_engine_bg.wasm')
  const { instance } = await WebAssembly.instantiate(readFileSync(file), { './schema_engine_bg.js': bindings })
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: message => logError({ is_panic: true, message }) }
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start?.()
}

async function runCommand(command, url) {
  const maintenance = inDatabase(url, 'postgres')
  const name = pg.escapeIdentifier(databaseOf(url))
  if (command === 'can-connect-to-database') await runOnce(url, 'SELECT 1')
  else if (command === 'create-database') await runOnce(maintenance, `CREATE DATABASE ${name}`)
  else if (command === 'drop-database') await runOnce(maintenance, `DROP DATABASE ${name}`)
  else throw new Error(`This schema engine has no command ${command}.`)
}

const errorCodes = { '3D000': 'P1003', '28P01': 'P1000', 28000: 'P1010' }

// `migrate diff` names no schema on the command line and the engine wants at least one: the request carries it.
function schemasFor(datamodels, params) {
  if (datamodels.length > 0) return datamodels.map(file => [file, readFileSync(file, 'utf8')])
  const carried = [params?.to, params?.from].find(target => target?.files)
  return carried ? carried.files.map(file => [file.path, file.content]) : [EMPTY_SCHEMA]
}

/** Requests that read the schema which all migrations together make, from the engine's cache only. */
const fromCache = new Set(['evaluateDataLoss', 'createMigration'])

function requestRunner({ datamodels, datasource }) {
  const sessions = migrationSessions(datasource.url ?? NOWHERE, datasource.shadowDatabaseUrl)
  let engine = null
  let cacheIsOld = false
  const start = params => {
    const options = { datamodels: schemasFor(datamodels, params) }
    return SchemaEngine.new(options, () => {}, bindMigrationAwareSqlAdapterFactory(sessions))
  }
  return async ({ method, params }) => {
    engine ??= await start(params)
    try {
      // The WebAssembly build fills its cache in devDiagnostic alone, and Prisma does not ask again once it has applied migrations.
      if (cacheIsOld && fromCache.has(method)) {
        await engine.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters })
        cacheIsOld = false
      }
      if (method === 'applyMigrations') cacheIsOld = true
      return await engine[method === 'getDatabaseVersion' ? 'version' : method](params)
    } finally {
      await sessions.dropShadows()
    }
  }
}

async function answer(run, request) {
  const reply = message => writeLine(process.stdout, { jsonrpc: '2.0', id: request.id, ...message })
  try {
    const result = await run(request)
    if (request.method === 'diff' && result?.stdout != null) {
      reply({ id: `print-${request.id}`, method: 'print', params: { content: result.stdout } })
    }
    reply({ result: result ?? null })
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) process.exit(PANIC_EXIT)
    const data = { is_panic: false, message: error.message, meta: error.meta ?? null, error_code: error.code ?? null }
    reply({ error: { code: 4466, message: 'The schema engine could not do this.', data } })
  }
}

function serve(parsed) {
  const run = requestRunner(parsed)
  let last = Promise.resolve()
  const lines = createInterface({ input: process.stdin })
  lines.on('line', line => {
    const request = line.trim() ? JSON.parse(line) : {}
    if (request.method) last = last.then(() => answer(run, request))
  })
  lines.on('close', () => last.then(() => process.exit(0)))
}

const { SchemaEngine } = bindings
const parsed = readArguments(process.argv.slice(2))
if (process.argv.includes('--version')) {
  console.log(`schema-engine-wasm ${createRequire(import.meta.url)('@prisma/client/package.json').version}`)
} else if (parsed.command) {
  await runCommand(parsed.command, parsed.datasource.url ?? NOWHERE).catch(error => {
    process.stderr.write('\n')
    logError({ error_code: errorCodes[error.code] ?? 'P1001', message: error.message || String(error.code) })
    process.exitCode = 1
  })
} else {
  await loadEngine()
  serve(parsed)
}
