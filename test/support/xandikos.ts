import { answersHttp, startServer, type TestServer } from '@/test/support/server-process'

/** Xandikos asks for no password. */
export interface XandikosServer extends TestServer {
  /** Ends with "/". */
  url: string
  /** Ends with "/"; holds contacts/addressbook/ and calendars/calendar/ from the start. */
  principalUrl: string
}

export async function startXandikos(username = 'alice'): Promise<XandikosServer> {
  const server = await startServer({
    program: 'xandikos',
    args: (port, folder) => [
      ...['--listen-address', '127.0.0.1', '--port', String(port), '-d', `${folder}/data`],
      ...['--defaults', '--current-user-principal', `/${username}/`],
    ],
    ready: answersHttp,
    // It commits to git repositories, and git wants to know who.
    env: { EMAIL: `${username}@example.com`, GIT_CONFIG_NOSYSTEM: '1' },
  })
  const url = `http://127.0.0.1:${server.port}/`
  return { ...server, url, principalUrl: `${url}${username}/` }
}
