import { linkSync, writeFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { temporaryName } from '@/gateways/durable-files'
import { OnceFolder } from '@/gateways/once-folder'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

let folder: string
beforeEach(() => {
  folder = temporaryFolder('once')
})
afterEach(() => removeFolder(folder))

describe('a folder of files that are written once', () => {
  it('keeps the first of a name', async () => {
    const files = new OnceFolder(folder)
    await files.write('one', Buffer.from('first'))
    await files.write('one', Buffer.from('second'))
    expect(await readFile(join(folder, 'one'), 'utf8')).toBe('first')
    expect(await readdir(folder)).toEqual(['one'])
  })

  it('takes away what a process left half done', async () => {
    writeFileSync(join(folder, 'old'), 'whole')
    linkSync(join(folder, 'old'), join(folder, temporaryName()))
    await new OnceFolder(folder).write('one', Buffer.from('first'))
    expect((await readdir(folder)).sort()).toEqual(['old', 'one'])
  })
})
