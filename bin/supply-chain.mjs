// node bin/supply-chain.mjs: what this installation is made of (CycloneDX), and what is known against any of it.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const results = path.join(root, 'test-results')

/**
 * Versions below which a weakness is known that this portal would have, for machines where the registry's list cannot be
 * asked. Whoever reads an advisory that matters adds a line.
 */
const weakBelow = {
  next: '16.4.5',
  nodemailer: '8.0.5',
  'next-auth': '4.24.12',
  sharp: '0.34.0',
  ws: '8.17.1',
  postcss: '8.4.31',
}

const numbers = version => version.split('-', 1)[0].split('.').map(Number)

/** Whether a version comes before another; what stands behind "-" does not count. */
export function isBelow(version, limit) {
  const [one, other] = [numbers(version), numbers(limit)]
  for (const i of [0, 1, 2]) if (one[i] !== other[i]) return one[i] < other[i]
  return false
}

/** Packages of the lock file by name, with every version that is installed. */
export function lockedPackages(lock) {
  return Object.entries(lock.packages)
    .filter(([place, entry]) => place !== '' && !entry.link)
    .map(([place, { version, integrity }]) => ({ name: place.split('node_modules/').at(-1), version, integrity }))
}

export const knownWeak = packages =>
  packages
    .filter(({ name, version }) => Object.hasOwn(weakBelow, name) && isBelow(version, weakBelow[name]))
    .map(({ name, version }) => `${name} ${version} is older than ${weakBelow[name]}`)

/** What is missing in a bill of materials for it to say what the lock file says, each with its digest. */
export function missingOf(bill, packages) {
  if (bill.bomFormat !== 'CycloneDX' || !Array.isArray(bill.components)) return ['It is not a CycloneDX document.']
  const listed = new Map(bill.components.map(one => [`${one.name}@${one.version}`, one.hashes?.length > 0]))
  return packages.flatMap(({ name, version, integrity }) => {
    const hashed = listed.get(`${name}@${version}`)
    if (hashed === undefined) return [`${name}@${version} is missing.`]
    return integrity && !hashed ? [`${name}@${version} has no digest.`] : []
  })
}

/** What the registry's audit said: its findings from "high" on, or null where it did not answer. */
export function auditFindings(text) {
  let said
  try {
    said = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof said?.vulnerabilities !== 'object' || said.vulnerabilities === null) return null
  return Object.values(said.vulnerabilities)
    .filter(({ severity }) => severity === 'high' || severity === 'critical')
    .map(({ name, severity, range }) => `${name} ${range}: ${severity}`)
}

function npm(...args) {
  const done = spawnSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024, timeout: 120_000 })
  return { text: done.stdout ?? '', ok: done.status === 0, trouble: (done.stderr ?? '').trim() }
}

function main() {
  mkdirSync(results, { recursive: true })
  const packages = lockedPackages(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')))
  const wrong = knownWeak(packages)

  const bill = npm('sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only')
  if (bill.ok) {
    writeFileSync(path.join(results, 'sbom.cdx.json'), bill.text)
    wrong.push(...missingOf(JSON.parse(bill.text), packages))
    console.log(`Bill of materials: ${packages.length} packages, test-results/sbom.cdx.json`)
  } else wrong.push(`The bill of materials could not be written: ${bill.trouble}`)

  const { text, trouble } = npm('audit', '--json')
  const findings = auditFindings(text)
  writeFileSync(path.join(results, 'audit.json'), text || JSON.stringify({ answered: false }))
  if (findings !== null) wrong.push(...findings)
  else {
    const why = trouble.split('\n').find(line => /audit|E[A-Z]{4,}|40\d|50\d/.test(line)) ?? 'no answer'
    console.log(
      `NOT AUDITED: the registry did not answer (${why}). Only the ${Object.keys(weakBelow).length} versions named in bin/supply-chain.mjs were compared.`,
    )
    if (process.env.AUDIT_REQUIRED === '1') wrong.push('The registry has to answer the audit here (AUDIT_REQUIRED=1).')
  }
  for (const one of wrong) console.error(`  ${one}`)
  process.exitCode = wrong.length > 0 ? 1 : 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
