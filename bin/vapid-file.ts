import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { generateVapidKeys } from '@/gateways/push'

const form = z.object({ publicKey: z.string().min(1), privateKey: z.string().min(1) })

/**
 * The keys by which push services know this installation, in DATA_DIR/vapid.json (0600), made once: with other keys every
 * browser would have to subscribe anew.
 */
export function vapidKeys(dataDirectory: string): { publicKey: string; privateKey: string } {
  const file = path.join(dataDirectory, 'vapid.json')
  if (!existsSync(file)) create(file)
  return form.parse(JSON.parse(readFileSync(file, 'utf8')))
}

// Of two who begin at once, both read what the first one made.
function create(file: string): void {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(generateVapidKeys(), null, 2)}\n`, { mode: 0o600, flush: true })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!existsSync(file)) throw error
  } finally {
    rmSync(draft)
  }
}
