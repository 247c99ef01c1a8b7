import { fileURLToPath } from 'node:url'
import type { StatusFiles } from '@/domain/incident/status-files'
import type { Log } from '@/gateways/log'
import { type S3Place, s3Place, s3Settings } from '@/gateways/s3-form'
import { folderStatusFiles } from '@/gateways/status-files'

interface OpenStatusFiles {
  files: StatusFiles
  close(): Promise<void>
}

/** Opens what STATUS_URL names. Throws RangeError where a setting of S3 is missing or cannot be right. */
export function openStatusFiles(url: string, env: Record<string, string | undefined>, log: Log): OpenStatusFiles {
  const place = s3Place(url)
  return place === null
    ? { files: folderStatusFiles({ root: fileURLToPath(url) }), close: async () => {} }
    : openInBucket(place, env, log)
}

// The client of S3 takes half a second to load: it is loaded by who publishes there, at the first time.
function openInBucket(place: S3Place, env: Record<string, string | undefined>, log: Log): OpenStatusFiles {
  const settings = s3Settings(env)
  const onTrouble = (err: Error) =>
    log.warn({ err }, 'The public page is published, and its live files or old generations are not in order')
  const load = async () => {
    const [{ s3Client }, { s3StatusFiles }] = await Promise.all([
      import('@/gateways/s3-client'),
      import('@/gateways/status-files-s3'),
    ])
    const client = s3Client(settings)
    return { client, files: s3StatusFiles({ ...place, client, onTrouble }) }
  }
  let loading: ReturnType<typeof load> | null = null
  const opened = () => {
    loading ??= load()
    return loading
  }
  return {
    files: {
      publish: async generation => (await opened()).files.publish(generation),
      current: async () => (await opened()).files.current(),
    },
    async close() {
      if (loading !== null) (await loading).client.destroy()
    },
  }
}
