import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '@/bin/project-root'
import { asksNobody, calls, saysOfActor, unguardedSteps } from '@/test/matrix/verb-calls'

const filesOf = (folder: string, form: RegExp) =>
  readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => form.test(name))
    .map(name => ({ name, text: readFileSync(path.join(projectRoot, folder, name), 'utf8') }))

/** What a file imports to run, types left out: from where, and which names. */
const importsOf = (text: string) =>
  [...text.matchAll(/^import (?!type )([^']*)'([^']+)'/gm)].map(([, what = '', from = '']) => {
    const names = what.replaceAll(/\btype \w+/g, '').match(/\w+/g) ?? []
    return { from, names: names.filter(name => name !== 'from') }
  })

const files = filesOf('domain', /\.ts$/)
const exportsOf = (name: string, text: string, parameters: string): string[] => {
  const form = `^export (?:async )?(?:function\\*? |const )(\\w+)(?:<[^(]*>)?(?: = (?:async )?)?\\(${parameters}`
  return [...text.matchAll(new RegExp(form, 'gm'))].map(match => `${name} ${match[1]}`)
}
const withActor = files.flatMap(({ name, text }) =>
  exportsOf(name, text, '\\s*\\w+: Actor\\b').filter(one => !/^(actor|policy)\.ts /.test(one)),
)
const usesData = (text: string): boolean => importsOf(text).some(({ from }) => from === '@/domain/transaction')

describe('the domain', () => {
  it('has no verb or finder that the matrix does not call', () => {
    const told = [...Object.keys(calls), ...Object.keys(unguardedSteps), ...saysOfActor]
    expect([...withActor].sort()).toEqual(told.sort())
  })

  it('lets nobody but their verb call the steps that ask for no right', () => {
    for (const [step, verbFile] of Object.entries(unguardedSteps)) {
      const [file] = step.split(' ')
      const from = `@/domain/${file!.replace('.ts', '')}`
      const importers = files.filter(({ text }) => importsOf(text).some(one => one.from === from))
      expect(importers.map(({ name }) => name)).toEqual([verbFile])
    }
  })

  it('gives what only says something of the actor no way to data', () => {
    for (const one of saysOfActor) {
      const [file] = one.split(' ')
      expect(files.filter(({ name, text }) => name === file && usesData(text))).toEqual([])
    }
  })

  it('is asked by screens for nothing without an actor, except what is told with its reason', () => {
    const asked = filesOf('app', /\.tsx?$/).flatMap(({ text }) =>
      importsOf(text).flatMap(({ from, names }) => names.map(name => `${from.replace('@/domain/', '')}.ts ${name}`)),
    )
    const open = files
      .filter(({ text }) => usesData(text))
      .flatMap(({ name, text }) => exportsOf(name, text, ''))
      .filter(one => asked.includes(one) && !withActor.includes(one))
    expect([...new Set(open)].sort()).toEqual(Object.keys(asksNobody).sort())
  })
})
