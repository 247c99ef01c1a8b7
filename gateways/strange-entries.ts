import { opendir } from 'node:fs/promises'
import path from 'node:path'

/** What lies below a folder and is neither a plain file nor a folder that holds one: links, pipes, empty folders. */
export async function* strangeEntries(root: string, below = ''): AsyncIterable<string> {
  let isEmpty = true
  for await (const entry of await opendir(path.join(root, below))) {
    isEmpty = false
    const name = path.posix.join(below, entry.name)
    if (entry.isDirectory()) yield* strangeEntries(root, name)
    else if (!entry.isFile()) yield name
  }
  if (isEmpty && below !== '') yield `${below}/`
}
