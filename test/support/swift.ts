import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { CreateBucketCommand } from '@aws-sdk/client-s3'
import { projectRoot } from '@/bin/project-root'
import { s3Client } from '@/gateways/s3-client'
import { type S3Settings, s3Settings } from '@/gateways/s3-form'
import { debianPython } from '@/test/support/programs'
import { answersHttp, startServer, type TestServer } from '@/test/support/server-process'

export interface SwiftServer extends TestServer {
  settings: S3Settings
  /** The same as settings of an installation: S3_ENDPOINT and what belongs to it. */
  env: Record<string, string>
  makeBucket(name: string): Promise<void>
}

/** OpenStack Swift with its S3 interface, in one process: nothing is in it yet. */
export async function startSwift(): Promise<SwiftServer> {
  const keys = { S3_ACCESS_KEY_ID: 'tests:homeward', S3_SECRET_ACCESS_KEY: 'only-for-tests' }
  const server = await startServer(
    {
      program: 'python3-swift',
      binary: debianPython,
      args: (port, folder) => [
        path.join(projectRoot, 'test/support/swift-server.py'),
        ...[path.join(folder, 'swift'), String(port), keys.S3_ACCESS_KEY_ID, keys.S3_SECRET_ACCESS_KEY],
      ],
      ready: answersHttp,
    },
    folder => mkdirSync(path.join(folder, 'swift'), { recursive: true }),
  )
  const env = { ...keys, S3_ENDPOINT: `http://127.0.0.1:${server.port}` }
  const settings = s3Settings(env)
  const client = s3Client(settings)
  return {
    ...server,
    env,
    settings,
    async makeBucket(name) {
      await client.send(new CreateBucketCommand({ Bucket: name }))
    },
    async stop() {
      client.destroy()
      await server.stop()
    },
  }
}
