import { describe, expect, it } from 'vitest'
import { borrowedVerbs, brokenImports } from '@/test/architecture/import-rules'
import { importsOf, type SourceFile, sourceFiles } from '@/test/architecture/source-files'

const files = sourceFiles()
const product = files.filter(file => !file.path.startsWith('test/'))

const fileOf = (path: string, text: string): SourceFile => ({
  path,
  text,
  lines: text.split('\n').length,
  imports: importsOf(text),
})

describe('the house', () => {
  it('imports only where the design lets it', () => {
    expect(brokenImports(product)).toEqual([])
  })

  it('keeps the verbs of one noun out of another', () => {
    expect(borrowedVerbs(product)).toEqual([])
  })

  it('lets nothing import the tests but their own configuration and the figures, which use their servers', () => {
    const mayUseTests = /^(?:bench\/|playwright\.config)/
    const guilty = product.filter(
      file =>
        !mayUseTests.test(file.path) && file.imports.some(({ specifier }) => /^@\/test\/|\/test\//.test(specifier)),
    )
    expect(guilty.map(file => file.path)).toEqual([])
  })

  it('never marks the domain as server-only: workers run in plain Node', () => {
    const marked = product.filter(file => file.imports.some(({ specifier }) => specifier === 'server-only'))
    expect(marked.filter(file => !file.path.startsWith('app/')).map(file => file.path)).toEqual([])
  })

  it('writes imports without extension, and from the root where they leave their folder', () => {
    const ours = /^(?:@\/|\.)/
    const wrong = /^\.\.|^\.\/.*\/|\.(?:ts|tsx|js)$/
    const written = product
      .filter(file => /\.tsx?$/.test(file.path))
      .flatMap(file => file.imports.map(({ specifier }) => ({ path: file.path, specifier })))
      .filter(({ specifier }) => ours.test(specifier) && wrong.test(specifier))
    expect(written.map(({ path, specifier }) => `${path}: "${specifier}" is written "@/…"`)).toEqual([])
  })
})

describe('the files', () => {
  it('have at most 400 lines: split by what changes together', () => {
    expect(product.filter(file => file.lines > 400).map(file => `${file.path} has ${file.lines} lines`)).toEqual([])
  })

  it('are no barrels: import from where a thing is', () => {
    const barrels = product.filter(file => {
      const code = file.text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '')
      const isOnlyExports = /^\s*(?:export\s+(?:type\s+)?(?:\*|\{[^}]*\})[^'"]*from\s*['"][^'"]+['"];?\s*)+$/.test(code)
      return isOnlyExports || /^export \*/m.test(code)
    })
    expect(barrels.map(file => file.path)).toEqual([])
  })

  it('are named after what they are about, never after being useful', () => {
    const drawers = /(?:^|\/)(?:utils?|helpers?|misc|common|shared|lib)(?:\/|\.|$)/
    expect(files.filter(file => drawers.test(file.path)).map(file => file.path)).toEqual([])
  })
})

describe('the rules', () => {
  const broken = (path: string, text: string, others: SourceFile[] = []) =>
    brokenImports([fileOf(path, text), ...others]).map(sentence => sentence.split(':')[0])

  it.each([
    ['formats/vcard/x.ts', `import { category } from '@/domain/record/category'`],
    ['domain/restore/x.ts', `import { logger } from '@/gateways/log'`],
    ['domain/restore/x.ts', `import type { Log } from '@/gateways/log'`],
    ['domain/restore/x.ts', `import { Queue } from 'bullmq'`],
    ['domain/restore/x.ts', `import { PrismaClient } from '@/prisma/generated/client'`],
    ['app/admin/page.tsx', `import { mail } from '@/gateways/mail'`],
    ['app/_shell/outside.ts', `import { Pool } from 'pg'`],
    ['app/admin/page.tsx', `const later = await import('@/workers/jobs')`],
    ['workers/handlers/x.ts', `import {\n  database,\n} from '@/gateways/database'`],
    ['workers/sweep.ts', `import { logger } from '@/gateways/log'`],
    ['gateways/mail.ts', `import { fileRequest } from '@/domain/restore/file-request'`],
    ['bin/start.ts', `import { page } from '@/app/page'`],
    ['messages/en.ts', `export { category } from '@/domain/record/category'`],
  ])('refuse in %s: %s', (path, text) => {
    expect(broken(path, text)).toHaveLength(1)
  })

  it.each([
    ['domain/transaction.ts', `import { database } from '@/gateways/database'`],
    ['domain/restore/x.ts', `import type { Category } from '@/prisma/generated/enums'`],
    ['gateways/mail.ts', `import { type Mail, MailNotSent } from '@/domain/notification/mail'`],
    ['app/_shell/outside.ts', `import { openMail } from '@/gateways/mail'`],
    ['workers/run-worker.ts', `import { logger } from '@/gateways/log'`],
    ['formats/vcard/x.ts', `// import { category } from '@/domain/record/category'`],
  ])('allow in %s: %s', (path, text) => {
    const declares = fileOf('domain/notification/mail.ts', 'export class MailNotSent extends Error {}')
    expect(broken(path, text, [declares])).toEqual([])
  })

  it('follow a borrowed file to the database', () => {
    const verb = fileOf('domain/record/find.ts', `import { reader } from '@/domain/transaction'`)
    const between = fileOf('domain/record/between.ts', `import { find } from '@/domain/record/find'`)
    const pure = fileOf('domain/record/category.ts', `export const categories = []`)
    const uses = (file: string) => fileOf('domain/restore/x.ts', `import { a } from '@/domain/record/${file}'`)
    expect(borrowedVerbs([verb, between, pure, uses('between')])).toHaveLength(1)
    expect(borrowedVerbs([verb, between, pure, uses('category')])).toEqual([])
  })
})
