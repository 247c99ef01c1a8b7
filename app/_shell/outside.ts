import type { Secrets } from '@/domain/subscriber/secrets'
import { parseKeyring } from '@/gateways/keyring'
import { openSecrets } from '@/gateways/secrets'

let opened: Secrets | undefined

/** The secrets of HOMEWARD_KEY, opened once a process. */
export function secrets(): Secrets {
  const key = process.env.HOMEWARD_KEY
  if (!key) throw new Error('HOMEWARD_KEY is not set: start through npm, which makes one.')
  opened ??= openSecrets(parseKeyring(key))
  return opened
}
