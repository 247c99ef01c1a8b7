import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BagVerdict, validateBag } from '@/formats/bagit/validate-bag'
import { fileSystemStorage } from '@/gateways/backup-storage/file-system'
import { spillLedger } from '@/gateways/backup-storage/spill-ledger'
import { type BagToMake, makeBag } from '@/test/support/make-bag'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'homeward-bag-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const hash = (algorithm: string, content: string | Buffer) => createHash(algorithm).update(content).digest('hex')
const hello = 'hello\n'
const sha = hash('sha256', hello)
const one = { 'a.txt': hello }

async function judged(bag: Omit<BagToMake, 'name'>, spoil?: (root: string) => Promise<unknown>): Promise<BagVerdict> {
  const root = await makeBag(folder, { name: 'bag', ...bag })
  await spoil?.(root)
  const ledger = spillLedger()
  try {
    return await validateBag(fileSystemStorage(folder), 'bag', ledger)
  } finally {
    await ledger.close()
  }
}

const errorCodes = (verdict: BagVerdict) => [...new Set(verdict.errors.map(error => error.code))].sort()
const warningCodes = (verdict: BagVerdict) => [...new Set(verdict.warnings.map(warning => warning.code))].sort()

async function expectValid(bag: Omit<BagToMake, 'name'>, warnings: string[] = []) {
  const verdict = await judged(bag)
  expect(verdict.errors).toEqual([])
  expect(verdict).toMatchObject({ valid: true, complete: true, errorCount: 0 })
  expect(warningCodes(verdict)).toEqual(warnings)
}

async function expectErrors(codes: string[], bag: Omit<BagToMake, 'name'>, spoil?: (root: string) => Promise<unknown>) {
  const verdict = await judged(bag, spoil)
  expect(verdict.valid).toBe(false)
  expect(errorCodes(verdict)).toEqual(codes)
  return verdict
}

const manifest = (text: string, rest: Partial<BagToMake> = {}): Omit<BagToMake, 'name'> => ({
  files: one,
  tags: { 'manifest-sha256.txt': text },
  ...rest,
})

describe('valid bags', () => {
  it.each(['0.93', '0.94', '0.95', '0.96', '0.97', '1.0'])('of version %s', async version => {
    const verdict = await judged({ files: one, version })
    expect(verdict).toMatchObject({ valid: true, complete: true, version, errors: [], warnings: [] })
  })

  it.each(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'])('with a %s manifest', algorithm =>
    expectValid({ files: one, algorithms: [algorithm] }),
  )

  it('with four manifests at once', () => expectValid({ files: one, algorithms: ['md5', 'sha1', 'sha256', 'sha512'] }))
  it('with an empty payload', () => expectValid({ files: {} }))
  it('with files of no bytes', () => expectValid({ files: { empty: '' } }))
  it('without bag-info.txt and tag manifests', () =>
    expectValid({ files: one, tags: { 'bag-info.txt': null }, tagManifests: false }))
  it('with a bag in the bag', () =>
    expectValid({ files: { 'bagit.txt': 'x', 'manifest-sha256.txt': 'y', 'data/z': 'z' } }))
  it('with digests in upper case', () => expectValid(manifest(`${sha.toUpperCase()}  data/a.txt\n`)))
  it('with a tab between digest and path', () => expectValid(manifest(`${sha}\tdata/a.txt\n`)))
  it('with CR line ends', () => expectValid(manifest(`${sha} data/a.txt\r`)))
  it('with CRLF line ends', () => expectValid(manifest(`${sha} data/a.txt\r\n`)))
  it('with spaces in and around names', () => expectValid({ files: { 'a  b ': hello, 'ann b/c d.txt': hello } }))
  it('with CR, LF and % in names, encoded', () =>
    expectValid({ files: { 'a\nb': 'x', 'a\rb': 'y', '100%': 'z', 'a%0Ab': 'w', '%25': 'v' } }))
  it('with CR and LF encoded in 0.97, where % is not', () =>
    expectValid({
      files: { 'a\nb': hello, '100%25': hello },
      version: '0.97',
      tags: { 'manifest-sha256.txt': `${sha} data/a%0ab\n${sha} data/100%25\n` },
    }))
  it('with nothing encoded in 0.96', () => expectValid({ files: { 'a%0Ab': hello, '%7Eann': hello }, version: '0.96' }))
  it('with names outside ASCII', () =>
    expectValid({ files: { 'é/日本語.txt': hello, '\u{1f600}': hello, '\uffee': 'x' } }))
  it('with tag files in UTF-16', () => {
    const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
    return expectValid({
      files: one,
      tagManifests: false,
      tags: {
        'bagit.txt': 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n',
        'manifest-sha256.txt': utf16(`${sha}  data/a.txt\n`),
        'bag-info.txt': utf16('Payload-Oxum: 6.1\n'),
      },
    })
  })
  it('with tag files in UTF-16 without a mark: big-endian', () =>
    expectValid({
      files: one,
      tagManifests: false,
      tags: {
        'bagit.txt': 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n',
        'manifest-sha256.txt': Buffer.from(`${sha}  data/a.txt\n`, 'utf16le').swap16(),
        'bag-info.txt': null,
      },
    }))
  it('with tag files in ISO-8859-1', () =>
    expectValid({
      files: { 'é.txt': hello },
      tags: {
        'bagit.txt': 'BagIt-Version: 1.0\nTag-File-Character-Encoding: ISO-8859-1\n',
        'manifest-sha256.txt': Buffer.from(`${sha}  data/é.txt\n`, 'latin1'),
      },
    }))
  it('with an asterisk before names, up to 0.97', () =>
    expectValid(manifest(`${sha} *data/a.txt\n`, { version: '0.97' }), ['asterisk']))
  it('with "./" before names', () => expectValid(manifest(`${sha}  ./data/a.txt\n`), ['leading-dot-slash']))
  it('with package-info.txt before 0.96', () =>
    expectValid({
      files: one,
      version: '0.95',
      tags: { 'bag-info.txt': null, 'package-info.txt': 'Payload-Oxum: 6.1\n' },
    }))
  it('with a fetch.txt whose files are all there', () =>
    expectValid({ files: one, tags: { 'fetch.txt': 'https://example.org/a 6 data/a.txt\n' } }, ['fetch-not-followed']))
  it('with tag directories and folded, repeated, odd elements', () =>
    expectValid({
      files: one,
      tags: { 'meta/more.xml': '<a/>', 'bag-info.txt': 'A: b\n  c\n\td\nA: e\nbag-count: 1 of 1\npayload-OXUM: 6.1\n' },
    }))
  it('older ones with a file in one manifest of two', () =>
    expectValid(manifest('', { version: '0.97', algorithms: ['md5', 'sha256'] })))
})

describe('bags that are not complete', () => {
  it.each<[string, string[], string | Buffer | null]>([
    ['missing', ['declaration-missing'], null],
    ['empty', ['declaration-malformed'], ''],
    ['with one line', ['declaration-malformed'], 'BagIt-Version: 1.0\n'],
    ['with three lines', ['declaration-malformed'], 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nA: b\n'],
    ['in the wrong order', ['declaration-malformed'], 'Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n'],
    [
      'with a space before the colon',
      ['declaration-malformed'],
      'BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n',
    ],
    ['with a space at the end', ['declaration-malformed'], 'BagIt-Version: 1.0 \nTag-File-Character-Encoding: UTF-8\n'],
    ['in another letter case', ['declaration-malformed'], 'bagit-version: 1.0\nTag-File-Character-Encoding: UTF-8\n'],
    [
      'with a byte-order mark',
      ['declaration-malformed'],
      '\ufeffBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n',
    ],
    ['that is not UTF-8', ['declaration-malformed'], Buffer.from([0xff, 0xfe, 0x42, 0x00])],
    [
      'with a version of no form',
      ['declaration-malformed'],
      'BagIt-Version: .97\nTag-File-Character-Encoding: UTF-8\n',
    ],
    ['of a version to come', ['unsupported-version'], 'BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n'],
    ['too long', ['declaration-malformed'], `BagIt-Version: 1.0\nTag-File-Character-Encoding: ${'x'.repeat(9000)}\n`],
  ])('bagit.txt %s', async (_, codes, content) => {
    await expectErrors(codes, { files: one, tags: { 'bagit.txt': content } })
  })

  it('an encoding nobody knows', () =>
    expectErrors(['manifest-not-in-tag-manifest', 'unlisted-file', 'unsupported-encoding'], {
      files: one,
      tags: { 'bagit.txt': 'BagIt-Version: 1.0\nTag-File-Character-Encoding: KLINGON-8\n' },
    }))
  it('a manifest that is not in its encoding', () =>
    expectErrors(['undecodable-text', 'unlisted-file'], {
      files: one,
      tags: { 'manifest-sha256.txt': Buffer.from(`${sha}  data/\xe9\n`, 'latin1') },
    }))
  it('no payload manifest', () =>
    expectErrors(['payload-manifest-missing', 'unlisted-file'], { files: one, tags: { 'manifest-sha256.txt': null } }))
  it('no payload directory', () =>
    expectErrors(['payload-directory-missing'], { files: {} }, root =>
      rm(path.join(root, 'data'), { recursive: true }),
    ))
  it('a file that is gone', () =>
    expectErrors(['missing-file', 'payload-oxum-mismatch'], { files: { ...one, b: 'x' } }, root =>
      rm(path.join(root, 'data/b')),
    ))
  it('a file nobody listed', () =>
    expectErrors(['payload-oxum-mismatch', 'unlisted-file'], { files: one }, root =>
      writeFile(path.join(root, 'data/b'), 'x'),
    ))
  it('a file that 1.0 wants in both manifests', () =>
    expectErrors(['not-in-every-manifest'], {
      files: one,
      algorithms: ['md5', 'sha256'],
      tags: { 'manifest-sha256.txt': '' },
    }))
  it('a file listed twice in 1.0, even with the same digest', () =>
    expectErrors(['duplicate-entry'], manifest(`${sha}  data/a.txt\n${sha}  data/a.txt\n`)))
  it('a file listed twice with different digests', () =>
    expectErrors(
      ['digest-mismatch', 'duplicate-entry'],
      manifest(`${sha}  data/a.txt\n${hash('sha256', 'other')}  data/a.txt\n`, {
        version: '0.97',
      }),
    ))
  it('two manifests of one algorithm', () =>
    expectErrors(['duplicate-manifest'], { files: one, tags: { 'manifest-SHA-256.txt': `${sha}  data/a.txt\n` } }))
  it('a file named in another letter case', async () => {
    const verdict = await expectErrors(['missing-file', 'unlisted-file'], manifest(`${sha}  data/A.txt\n`))
    expect(warningCodes(verdict)).toEqual(['differs-in-case'])
  })
  it('a file named in another normalization', async () => {
    const verdict = await expectErrors(['missing-file', 'unlisted-file'], {
      files: { 'e\u0301.txt': hello },
      tags: { 'manifest-sha256.txt': `${sha}  data/\u00e9.txt\n` },
    })
    expect(warningCodes(verdict)).toEqual(['differs-in-normalization'])
  })

  it.each<[string, string, string]>([
    ['an absolute path', 'unsafe-path', '/etc/passwd'],
    ['a climbing path', 'unsafe-path', 'data/../../../etc/passwd'],
    ['a path that climbs at once', 'unsafe-path', '../bag2/data/x'],
    ['a home directory', 'unsafe-path', '~/x'],
    ["somebody's home directory", 'unsafe-path', '~root/x'],
    ['a drive letter', 'unsafe-path', 'C:/Windows/x'],
    ['a drive letter without a slash', 'unsafe-path', 'c:x'],
    ['a backslash', 'unsafe-path', 'data\\..\\..\\x'],
    ['a UNC path', 'unsafe-path', '\\\\server\\share\\x'],
    ['a NUL', 'unsafe-path', 'data/a.txt\0.jpg'],
    ['a directory', 'malformed-path', 'data/sub/'],
    ['an empty segment', 'malformed-path', 'data//a.txt'],
    ['a "." segment', 'malformed-path', 'data/./a.txt'],
    ['a tag file', 'outside-payload', 'bagit.txt'],
    ['a folder that only begins like data', 'outside-payload', 'database/x'],
    ['an asterisk in 1.0', 'outside-payload', '*data/a.txt'],
    ['a percent sign as it is', 'unencoded-percent', 'data/100%'],
    ['another percent-encoding', 'unencoded-percent', 'data/%2e%2e/%2E%2E/x'],
  ])('%s in a manifest', async (_, code, listed) => {
    const verdict = await judged(manifest(`${sha}  data/a.txt\n${sha}  ${listed}\n`))
    expect(verdict.valid).toBe(false)
    expect(verdict.complete).toBe(false)
    expect(errorCodes(verdict)).toContain(code)
  })

  it.each(['nonsense', `${sha}`, '  data/a.txt', `${sha}data/a.txt`])('the line %j', async line => {
    await expectErrors(['malformed-line'], manifest(`${sha}  data/a.txt\n${line}\n`))
  })
  it('a digest of another length', () => expectErrors(['malformed-digest'], manifest(`${sha.slice(1)}  data/a.txt\n`)))
  it('a digest that is not hex', () => expectErrors(['malformed-digest'], manifest(`${'g'.repeat(64)}  data/a.txt\n`)))
  it('a line without end', () =>
    expectErrors(['line-too-long'], manifest(`${sha}  data/${'x'.repeat(3_000_000)}\n${sha}  data/a.txt\n`)))

  it('fetch.txt with a file that is not there', async () => {
    const verdict = await expectErrors(
      ['missing-file', 'payload-oxum-mismatch'],
      {
        files: { ...one, b: 'x' },
        tags: { 'fetch.txt': 'https://example.org/b - data/b\n' },
      },
      root => rm(path.join(root, 'data/b')),
    )
    expect(verdict.errors.find(error => error.code === 'missing-file')?.detail).toContain('fetch.txt')
  })
  it.each([
    ['malformed-fetch', 'https://example.org/a data/a.txt'],
    ['malformed-fetch', 'nowhere 6 data/a.txt'],
    ['malformed-fetch', 'https://example.org/a 6x data/a.txt'],
    ['unsafe-path', 'https://example.org/a - /tmp/x'],
    ['unsafe-path', 'https://example.org/a - data/../../x'],
    ['outside-payload', 'https://example.org/a - bagit.txt'],
    ['fetch-not-in-manifest', 'https://example.org/a - data/b'],
  ])('%s: %s', async (code, line) => {
    await expectErrors([code], { files: one, tags: { 'fetch.txt': `${line}\n` } })
  })

  it.each([
    ['malformed-bag-info', 'nonsense\n'],
    ['malformed-bag-info', ' continued from nowhere\n'],
    ['malformed-bag-info', 'A:b\n'],
    ['malformed-bag-info', 'A : b\n'],
    ['payload-oxum-malformed', 'Payload-Oxum: 6 bytes\n'],
    ['payload-oxum-mismatch', 'Payload-Oxum: 7.1\n'],
    ['payload-oxum-repeated', 'Payload-Oxum: 6.1\nPayload-Oxum: 6.1\n'],
  ])('%s: bag-info.txt %j', async (code, text) => {
    await expectErrors([code], { files: one, tags: { 'bag-info.txt': text } })
  })

  it('a tag manifest that lists payload', () =>
    expectErrors(['manifest-not-in-tag-manifest', 'payload-in-tag-manifest'], {
      files: one,
      tags: { 'tagmanifest-sha256.txt': `${sha}  data/a.txt\n` },
    }))
  it('a tag manifest that lists a tag file which is gone', () =>
    expectErrors(['missing-file'], { files: one, tags: { 'notes.txt': 'x' } }, root =>
      rm(path.join(root, 'notes.txt')),
    ))
  it('a tag manifest that lists a tag manifest', async () => {
    const verdict = await judged({ files: one, algorithms: ['sha256'], tags: { 'tagmanifest-md5.txt': '' } }, root =>
      writeFile(path.join(root, 'tagmanifest-md5.txt'), `${hash('md5', 'x')}  tagmanifest-sha256.txt\n`),
    )
    expect(errorCodes(verdict)).toContain('tag-manifest-listed')
  })
})

describe('bags that are complete and not valid', () => {
  it.each(['md5', 'sha1', 'sha256', 'sha512'])('one byte is another (%s)', async algorithm => {
    const verdict = await expectErrors(['digest-mismatch'], { files: one, algorithms: [algorithm] }, root =>
      writeFile(path.join(root, 'data/a.txt'), 'hellO\n'),
    )
    expect(verdict).toMatchObject({ complete: true, valid: false })
    expect(verdict.errors[0]).toMatchObject({ path: 'data/a.txt' })
  })
  it('one of two manifests disagrees', async () => {
    const wrong = `${hash('md5', 'other')}  data/a.txt\n`
    const verdict = await expectErrors(['digest-mismatch'], {
      files: one,
      algorithms: ['md5', 'sha256'],
      tags: { 'manifest-md5.txt': wrong },
    })
    expect(verdict.complete).toBe(true)
  })
  it('a tag file was changed', async () => {
    const verdict = await expectErrors(['digest-mismatch'], { files: one, info: { A: 'b' } }, root =>
      writeFile(path.join(root, 'bag-info.txt'), 'Payload-Oxum: 6.1\nA: c\n'),
    )
    expect(verdict.errors[0]?.path).toBe('bag-info.txt')
  })
  it('an algorithm nobody can compute', async () => {
    const verdict = await expectErrors(['unknown-algorithm'], {
      files: one,
      tags: { 'manifest-whirlpool9.txt': 'abcd  data/a.txt\n' },
    })
    expect(verdict.complete).toBe(true)
  })
})

describe('the outside', () => {
  it('is not read through a link in the payload', () =>
    expectErrors(['missing-file', 'payload-oxum-mismatch'], { files: one }, async root => {
      await rename(path.join(root, 'data/a.txt'), path.join(folder, 'a.txt'))
      await symlink(path.join(folder, 'a.txt'), path.join(root, 'data/a.txt'))
    }))
  it('is not read through a linked folder', () =>
    expectErrors(['missing-file', 'payload-oxum-mismatch'], { files: { 'sub/a.txt': hello } }, async root => {
      await rename(path.join(root, 'data/sub'), path.join(folder, 'sub'))
      await symlink(path.join(folder, 'sub'), path.join(root, 'data/sub'))
    }))
  it('has no names that a manifest cannot write', async () => {
    const verdict = await expectErrors(['name-not-utf-8', 'payload-oxum-mismatch'], { files: one }, root =>
      writeFile(Buffer.concat([Buffer.from(`${root}/data/`), Buffer.from([0x65, 0xe9])]), 'x'),
    )
    expect(verdict.errors.find(error => error.code === 'name-not-utf-8')?.path).toBe('data/e\\xe9')
  })
  it('may hold a bag under another root', async () => {
    const root = await makeBag(folder, { name: 'bag', files: one })
    const ledger = spillLedger()
    expect(await validateBag(fileSystemStorage(root), '', ledger)).toMatchObject({ valid: true })
    await ledger.close()
  })
  it('says of an empty place that nothing is there', async () => {
    await mkdir(path.join(folder, 'empty'))
    const ledger = spillLedger()
    const verdict = await validateBag(fileSystemStorage(folder), 'empty', ledger)
    await ledger.close()
    expect(errorCodes(verdict)).toEqual([
      'declaration-missing',
      'payload-directory-missing',
      'payload-manifest-missing',
    ])
  })
})

it('counts all errors and keeps the first thousand', async () => {
  const lines = Array.from({ length: 1500 }, (_, i) => `${sha}  data/missing-${i}\n`)
  const verdict = await judged(manifest(`${sha}  data/a.txt\n${lines.join('')}`))
  expect(verdict.errors).toHaveLength(1000)
  expect(verdict.errorCount).toBe(1500)
})
