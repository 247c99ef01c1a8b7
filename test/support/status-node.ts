import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ContentOptions, openStatusSite } from '@/bin/status-server.mjs'

export interface StatusNode {
  /** http://127.0.0.1:PORT */
  origin: string
  generation(): number | null
  stop(): Promise<void>
}

/** The portal's status server, alone: what it leaves to Next gets 418. */
export async function startStatusNode(root: string, contentOptions: ContentOptions = {}): Promise<StatusNode> {
  const site = openStatusSite({ root, contentOptions })
  await site.ready
  const server = createServer((request, response) => {
    if (!site.handle(request, response)) response.writeHead(418).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    generation: site.generation,
    stop() {
      site.close()
      server.closeAllConnections()
      return new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
