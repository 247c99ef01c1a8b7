import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import PostalMime, { type Email } from 'postal-mime'
import { dataDirectory } from '@/test/e2e/data-directory'

const folder = path.join(dataDirectory, 'mail')
/** What is written once stays as it is. */
const read = new Map<string, Email>()

/** Every mail of this subject that the portal under test has sent, as it left, by whom it is for. */
export async function mailsAbout(subject: string): Promise<Map<string, Email>> {
  const found = new Map<string, Email>()
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.eml')) continue
    const mail = read.get(name) ?? (await PostalMime.parse(await readFile(path.join(folder, name))))
    read.set(name, mail)
    const to = mail.to?.[0]?.address ?? ''
    if (mail.subject !== subject) continue
    if (found.has(to)) throw new Error(`${to} was sent “${subject}” twice.`)
    found.set(to, mail)
  }
  return found
}

export const headerOf = (mail: Email, name: string): string | null =>
  mail.headers.find(({ key }) => key === name)?.value ?? null

/** A language of a mail, as its HTML says. */
export const languageOf = (mail: Email): string | undefined => /<html[^>]* lang="(\w+)"/.exec(mail.html ?? '')?.[1]
