import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { projectRoot } from '@/bin/project-root'

export interface Import {
  /** As written: "@/domain/errors", "node:path", "zod". */
  specifier: string
  /** What is taken as a value; null: everything (a namespace, a side effect, import()). */
  values: string[] | null
}

export interface SourceFile {
  /** From the project's root, with "/". */
  path: string
  text: string
  lines: number
  imports: Import[]
}

const left = new Set(['node_modules', 'test-results', 'playwright-report', 'coverage'])
const isSource = /\.(?:ts|tsx|mts|mjs|js)$/

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(path.join(projectRoot, folder), { withFileTypes: true })) {
    const inside = path.posix.join(folder, entry.name)
    if (entry.name.startsWith('.')) continue
    if (entry.isDirectory() && !left.has(entry.name) && inside !== 'prisma/generated') yield* walk(inside)
    else if (entry.isFile() && isSource.test(entry.name) && !entry.name.endsWith('.d.ts')) yield inside
  }
}

const statement = /^[ \t]*(?:import|export)\s+(type\s+)?([^'"`;()]*?)\s*from\s*['"]([^'"]+)['"]/gm
const sideEffect = /^[ \t]*import\s*['"]([^'"]+)['"]/gm
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

function valuesOf(isType: boolean, clause: string): string[] | null {
  if (isType) return []
  if (clause.includes('*')) return null
  return clause
    .replace(/[{}]/g, ',')
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '' && !name.startsWith('type '))
    .map(name => name.split(/\s+as\s+/)[0]!)
}

/** The imports of a file as Biome formats it: each statement begins a line. */
export function importsOf(text: string): Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
  return [
    ...[...code.matchAll(statement)].map(([, type, clause = '', specifier = '']) => ({
      specifier,
      values: valuesOf(type !== undefined, clause),
    })),
    ...[...code.matchAll(sideEffect)].map(([, specifier = '']) => ({ specifier, values: null })),
    ...[...code.matchAll(dynamic)].map(([, specifier = '']) => ({ specifier, values: null })),
  ]
}

/** The project path an import leads to, without extension; null for packages. */
export function targetOf(from: string, specifier: string): string | null {
  if (specifier.startsWith('@/')) return specifier.slice(2).replace(isSource, '')
  if (!specifier.startsWith('.')) return null
  return path.posix.join(path.posix.dirname(from), specifier).replace(isSource, '')
}

export function sourceFiles(): SourceFile[] {
  return [...walk('.')].sort().map(file => {
    const text = readFileSync(path.join(projectRoot, file), 'utf8')
    return { path: file, text, lines: text.split('\n').length - 1, imports: importsOf(text) }
  })
}
