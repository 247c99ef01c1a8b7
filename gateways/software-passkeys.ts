import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { createSoftwareKey, type SoftwareKey, signWithSoftwareKey } from '@/formats/webauthn/software-authenticator'
import { errorCode } from '@/gateways/durable-files'

const keptKey = z.object({ credentialId: z.string(), privateKey: z.string(), userHandle: z.string(), rpId: z.string() })

/** The demonstration's own device of somebody invented: browser and authenticator in one. Options and answers are JSON. */
export interface SoftwareDevice {
  /** Makes a key and keeps it, before anybody knows of it. */
  create(options: string, origin: string): Promise<string>
  /** Null: it has no key. */
  sign(options: string, origin: string): Promise<string | null>
}

/** Keys lie with the demonstration's data, one file a person. */
export function softwareDevice(dataDirectory: string, staffId: string): SoftwareDevice {
  const file = path.join(dataDirectory, 'demonstration-passkeys', `${staffId}.json`)
  return {
    async create(options, origin) {
      const { answer, key } = createSoftwareKey({ options, origin })
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
      await writeFile(file, JSON.stringify(key), { mode: 0o600 })
      return answer
    },
    async sign(options, origin) {
      const key = await readKey(file)
      return key && signWithSoftwareKey(key, { options, origin })
    },
  }
}

async function readKey(file: string): Promise<SoftwareKey | null> {
  try {
    return keptKey.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
}
