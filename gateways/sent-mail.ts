import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { errorCode } from '@/gateways/durable-files'

/** A mail in the folder, as the development page shows it. */
interface SentMail {
  id: string
  to: string
  from: string
  subject: string
  sentAt: Date
  text: string
  /** Not sanitised: only for a sandboxed frame. */
  html: string
}

const idForm = /^[0-9a-f]{32}$/

/** The newest mails first, at most `limit`. A folder that is not there yet holds none. */
export async function listSentMail({ folder, limit }: { folder: string; limit: number }): Promise<SentMail[]> {
  const newest = (await newestFirst(folder)).slice(0, limit)
  const mails = await Promise.all(newest.map(id => readSentMail({ folder, id })))
  return mails.filter(mail => mail !== null)
}

/** The newest mail that is the one looked for, however many were written since; null where there is none. */
export async function findSentMail({
  folder,
  isIt,
}: {
  folder: string
  isIt: (mail: SentMail) => boolean
}): Promise<SentMail | null> {
  for (const id of await newestFirst(folder)) {
    const mail = await readSentMail({ folder, id })
    if (mail !== null && isIt(mail)) return mail
  }
  return null
}

async function newestFirst(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(emptyWhereMissing)
  const ids = names.filter(name => name.endsWith('.eml')).map(name => name.slice(0, -'.eml'.length))
  const dated = await Promise.all(
    ids.filter(id => idForm.test(id)).map(async id => ({ id, at: await writtenAt(folder, id) })),
  )
  return dated.sort((a, b) => b.at - a.at || a.id.localeCompare(b.id)).map(({ id }) => id)
}

/** Null where there is no mail of that id. */
export async function readSentMail({ folder, id }: { folder: string; id: string }): Promise<SentMail | null> {
  if (!idForm.test(id)) return null
  const bytes = await readFile(join(folder, `${id}.eml`)).catch(nullWhereMissing)
  if (bytes === null) return null
  const mail = await PostalMime.parse(bytes)
  return {
    id,
    to: mail.to?.map(({ address }) => address ?? '').join(', ') ?? '',
    from: mail.from?.address ?? '',
    subject: mail.subject ?? '',
    sentAt: new Date(mail.date ?? 0),
    text: mail.text ?? '',
    html: mail.html ?? '',
  }
}

async function writtenAt(folder: string, id: string): Promise<number> {
  const stats = await stat(join(folder, `${id}.eml`)).catch(nullWhereMissing)
  return stats?.mtimeMs ?? 0
}

function nullWhereMissing(error: unknown): null {
  if (errorCode(error) === 'ENOENT') return null
  throw error
}

function emptyWhereMissing(error: unknown): string[] {
  if (errorCode(error) === 'ENOENT') return []
  throw error
}
