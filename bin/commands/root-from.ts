import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { badInput } from '@/domain/errors'
import { parseRoot, type RootFile } from '@/domain/evidence/root-file'

/** The root in a file as it was published or mailed; undefined where no file is named. */
export async function rootFrom(file: string | undefined): Promise<RootFile | undefined> {
  if (file === undefined) return undefined
  const text = await readFile(path.resolve(process.env.INIT_CWD ?? '.', file), 'utf8').catch(() => {
    throw badInput('root', 'no-such-file', `The file ${file} cannot be read.`)
  })
  const root = parseRoot(text)
  if (!root) throw badInput('root', 'no-root', `${file} is not a root as it was published or mailed.`)
  return root
}
