import { connect } from 'node:net'
import { startServer, type TestServer } from '@/test/support/server-process'

export interface RedisServer extends TestServer {
  /** redis://127.0.0.1:PORT */
  url: string
}

const answersPing = (port: number) =>
  new Promise<boolean>(resolve => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    socket.setTimeout(1000, () => socket.destroy())
    socket.once('data', data => {
      socket.destroy()
      resolve(data.toString().startsWith('+PONG'))
    })
    socket.once('error', () => resolve(false))
    socket.once('close', () => resolve(false))
  })

/** An empty Redis that keeps nothing on disk. */
export async function startRedis(): Promise<RedisServer> {
  const server = await startServer({
    program: 'redis-server',
    args: (port, folder) => [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
      ...['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'],
    ],
    ready: answersPing,
  })
  return { ...server, url: `redis://127.0.0.1:${server.port}` }
}
