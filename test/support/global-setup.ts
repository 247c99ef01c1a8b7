import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startTestCluster } from '@/test/support/test-cluster'

/**
 * One PostgreSQL for the whole run, started when the first test asks for it: this process waits for the question on a
 * loopback port, because the server has to outlive the processes that run the test files.
 */
export default async function setup(): Promise<() => Promise<void>> {
  let cluster: ReturnType<typeof startTestCluster> | null = null
  const path = `/${randomUUID()}`
  const desk = createServer((request, response) => {
    if (request.url !== path) {
      response.writeHead(404).end()
      return
    }
    cluster ??= startTestCluster()
    cluster.then(
      ({ port, passwords }) => response.end(JSON.stringify({ port, passwords })),
      error => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>(resolve => desk.listen(0, '127.0.0.1', resolve))
  process.env.HOMEWARD_TEST_DESK = `http://127.0.0.1:${(desk.address() as AddressInfo).port}${path}`
  return async () => {
    desk.close()
    desk.closeAllConnections()
    // One that never started was told to every test that asked for it.
    const started = await cluster?.catch(() => null)
    await started?.stop()
  }
}
