import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that nobody has a reason to reach: it counts who does all the same. */
export async function startCanary(): Promise<{ port: number; reached: string[]; stop(): Promise<void> }> {
  const reached: string[] = []
  const server = createServer((request, response) => {
    reached.push(`${request.method} ${request.url}`)
    response.end('canary-was-here')
  })
  server.on('connection', () => reached.push('connection'))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
  return { port, reached, stop }
}
