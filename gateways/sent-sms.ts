import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { errorCode } from '@/gateways/durable-files'

/** A text message in the folder, as the development page shows it. */
export interface SentSms {
  id: string
  to: string
  text: string
  sentAt: Date
}

const nameForm = /^([0-9a-f]{32})\.json$/
const form = z.object({ to: z.string(), text: z.string(), at: z.coerce.date() })

/** The newest first, at most `limit`. A folder that is not there yet holds none; what is no message is passed over. */
export async function listSentSms({ folder, limit }: { folder: string; limit: number }): Promise<SentSms[]> {
  const names = await readdir(folder).catch(emptyWhereMissing)
  const read = await Promise.all(names.map(name => readSms(folder, name)))
  return read
    .filter(one => one !== null)
    .sort((a, b) => b.sentAt.getTime() - a.sentAt.getTime() || a.id.localeCompare(b.id))
    .slice(0, limit)
}

async function readSms(folder: string, name: string): Promise<SentSms | null> {
  const id = nameForm.exec(name)?.[1]
  if (id === undefined) return null
  const { success, data } = form.safeParse(parsedJson(await readFile(join(folder, name), 'utf8')))
  return success ? { id, to: data.to, text: data.text, sentAt: data.at } : null
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function emptyWhereMissing(error: unknown): string[] {
  if (errorCode(error) === 'ENOENT') return []
  throw error
}
