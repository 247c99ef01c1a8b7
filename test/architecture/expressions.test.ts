import { expect, it } from 'vitest'
import { sourceFiles } from '@/test/architecture/source-files'

/** Where an expression is put together while the program runs, of constants of ours alone. */
const ofConstants = ['domain/identity/code-rules', 'messages/mail/mail-form']

it('no regular expression is made of what somebody sent', () => {
  const made = sourceFiles().filter(({ path, text }) => !/^(?:test|bench)\//.test(path) && /\bRegExp\(/.test(text))
  expect(made.map(({ path }) => path.replace(/\.tsx?$/, '')).sort()).toEqual(ofConstants)
})
