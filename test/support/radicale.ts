import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { answersHttp, startServer, type TestServer } from '@/test/support/server-process'

/** A DAV server with one person in it, signed in by Basic authentication. */
export interface DavServer extends TestServer {
  /** Ends with "/". */
  url: string
  username: string
  password: string
}

/** Radicale with the users given (name to password), the first of them named in the answer. Nobody has a collection yet. */
export async function startRadicale(users: Record<string, string> = { alice: 'alicepw' }): Promise<DavServer> {
  const [[username, password] = ['', '']] = Object.entries(users)
  const server = await startServer(
    { program: 'radicale', args: (_port, folder) => ['--config', path.join(folder, 'config')], ready: answersHttp },
    (folder, port) => {
      const lines = Object.entries(users).map(([name, secret]) => `${name}:${secret}\n`)
      writeFileSync(path.join(folder, 'users'), lines.join(''), { mode: 0o600 })
      const config = {
        server: { hosts: `127.0.0.1:${port}`, max_connections: 64 },
        auth: { type: 'htpasswd', htpasswd_filename: `${folder}/users`, htpasswd_encryption: 'plain', delay: 0 },
        rights: { type: 'owner_only' },
        storage: { filesystem_folder: `${folder}/collections` },
        web: { type: 'none' },
        logging: { level: 'warning' },
      }
      const sections = Object.entries(config).map(
        ([name, settings]) =>
          `[${name}]\n${Object.entries(settings)
            .map(([key, value]) => `${key} = ${value}\n`)
            .join('')}`,
      )
      writeFileSync(path.join(folder, 'config'), sections.join('\n'))
    },
  )
  return { ...server, url: `http://127.0.0.1:${server.port}/`, username, password }
}
