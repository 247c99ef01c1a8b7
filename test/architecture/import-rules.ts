import { type Import, type SourceFile, targetOf } from '@/test/architecture/source-files'

/** A part of the house: what it may import of ours (by prefix) and which packages never, with the way out. */
interface Part {
  files: RegExp
  may: string[]
  never?: string[]
  fix: string
}

const outside = ['gateways/']
const portalPackages = ['bullmq', 'ioredis', 'pg', 'prisma', '@prisma/']
const frameworks = ['next', 'next-auth', 'react', 'react-dom', 'server-only', 'bullmq', 'ioredis', 'pg']

/** The first part that a file belongs to counts. docs: design, "Imports". */
const parts: Part[] = [
  { files: /^formats\//, may: ['formats/'], fix: 'formats say what bytes mean and know nothing of ours' },
  { files: /^messages\//, may: ['messages/'], fix: 'messages know nothing of ours: pass what they need as variables' },
  {
    files: /^domain\/transaction$/,
    may: ['domain/', 'formats/', 'gateways/database'],
    never: frameworks,
    fix: 'transaction.ts alone opens the database',
  },
  {
    files: /^domain\//,
    may: ['domain/', 'formats/'],
    never: frameworks,
    fix: 'declare an interface in the domain and take what implements it as a parameter',
  },
  {
    files: /^gateways\//,
    may: ['gateways/', 'formats/', 'prisma/generated/'],
    never: ['next', 'react'],
    fix: 'a gateway implements an interface of the domain: import its types and error classes only',
  },
  {
    files: /^(?:app\/_shell\/|proxy$)/,
    may: ['app/', 'domain/', 'messages/', ...outside],
    never: portalPackages,
    fix: 'the shell hands gateways to verbs, and leaves queues and tables to them',
  },
  {
    files: /^app\//,
    may: ['app/', 'domain/', 'messages/'],
    never: portalPackages,
    fix: 'call a domain verb, and let app/_shell hand it the gateway',
  },
  {
    files: /^workers\/handlers\//,
    may: ['workers/handlers/', 'domain/', 'formats/', 'messages/'],
    never: portalPackages,
    fix: 'a handler calls a domain verb with the services it is given',
  },
  {
    files: /^workers\/(?:run-worker|dispatcher)$/,
    may: ['workers/', 'domain/', 'formats/', 'messages/', 'bin/services', ...outside],
    fix: 'the worker process puts gateways together, no more',
  },
  {
    files: /^workers\//,
    may: ['workers/', 'domain/', 'formats/', 'messages/'],
    never: portalPackages,
    fix: 'put gateways together in run-worker.ts and take them as a parameter',
  },
  {
    files: /^(?:bin|prisma)\//,
    may: ['bin/', 'prisma/', 'workers/', 'domain/', 'formats/', 'messages/', ...outside],
    fix: 'the launcher runs the portal as a process of its own',
  },
  {
    files: /^bench\//,
    may: ['bench/', 'bin/', 'prisma/', 'workers/', 'domain/', 'formats/', 'messages/', 'test/support/', ...outside],
    fix: 'a figure is taken of the product and with the tests’ servers',
  },
]

const isType = (one: Import) => one.values?.length === 0
const isPackage = (specifier: string, name: string) =>
  name.endsWith('/') ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`)
const withoutExtension = (path: string) => path.replace(/\.(?:tsx?|m[tj]s|js)$/, '')

// Types vanish when the code runs, so that an interface may name what it does not use.
function typesAllowed(from: string, target: string): boolean {
  if (from.startsWith('domain/')) return target.startsWith('prisma/generated/')
  if (from.startsWith('gateways/')) return target.startsWith('domain/')
  if (from.startsWith('workers/handlers/')) return target.startsWith('workers/')
  return false
}

function errorClassesOnly(one: Import, target: SourceFile | undefined): boolean {
  return (
    one.values?.every(name => new RegExp(`^export class ${name} extends \\w+`, 'm').test(target?.text ?? '')) ?? false
  )
}

/** Every import that goes where it may not, as a sentence that tells the way out. */
export function brokenImports(files: SourceFile[]): string[] {
  const byPath = new Map(files.map(file => [withoutExtension(file.path), file]))
  return files.flatMap(file => {
    const from = withoutExtension(file.path)
    const part = parts.find(({ files: pattern }) => pattern.test(from))
    if (!part) return []
    return file.imports.flatMap(one => {
      const target = targetOf(file.path, one.specifier)
      const says = `${file.path} imports ${one.specifier}: ${part.fix}.`
      if (target === null) return !isType(one) && part.never?.some(name => isPackage(one.specifier, name)) ? [says] : []
      if (part.may.some(prefix => target === prefix || (prefix.endsWith('/') && target.startsWith(prefix)))) return []
      if (isType(one) && typesAllowed(from, target)) return []
      const isInterface = from.startsWith('gateways/') && target.startsWith('domain/')
      return isInterface && errorClassesOnly(one, byPath.get(target)) ? [] : [says]
    })
  })
}

const nounOf = (path: string) => /^domain\/([^/]+)\//.exec(path)?.[1] ?? null

/**
 * A noun of the domain may use what another noun declares and computes, not its verbs: nothing that reaches the database.
 * `notification` may read the others.
 */
export function borrowedVerbs(files: SourceFile[]): string[] {
  const byPath = new Map(files.map(file => [withoutExtension(file.path), file]))
  const verdicts = new Map<string, boolean>()
  const reachesDatabase = (path: string): boolean => {
    if (path === 'domain/transaction') return true
    const known = verdicts.get(path)
    if (known !== undefined) return known
    verdicts.set(path, false)
    const file = byPath.get(path)
    const reaches = (file?.imports ?? []).some(one => {
      const target = targetOf(file!.path, one.specifier)
      return target !== null && !isType(one) && reachesDatabase(target)
    })
    verdicts.set(path, reaches)
    return reaches
  }
  return files.flatMap(file => {
    const noun = nounOf(file.path)
    if (noun === null || noun === 'notification') return []
    return file.imports.flatMap(one => {
      const target = targetOf(file.path, one.specifier)
      const other = target === null ? null : nounOf(target)
      if (target === null || other === null || other === noun || isType(one) || !reachesDatabase(target)) return []
      const fix = 'move what both need into a pure file, or let a reaction follow the event'
      return [`${file.path} uses a verb of ${other} (${one.specifier}): ${fix}.`]
    })
  })
}
