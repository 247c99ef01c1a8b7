import { Pool } from 'undici'

export interface BaselinePayload {
  name: string
  body: Uint8Array
}

export interface BaselineResult {
  records: number
  seconds: number
  recordsPerSecond: number
}

/**
 * What the pipeline is measured against: nothing but PUTs, `connections` at a time, over kept-alive connections. `collection` is the absolute
 * address of a folder that exists. Throws at the first answer that is not 201.
 */
export const runBaseline = async (
  collection: string,
  payloads: readonly BaselinePayload[],
  contentType: string,
  connections = 8,
): Promise<BaselineResult> => {
  const url = new URL(collection)
  const pool = new Pool(url.origin, { connections })
  let next = 0
  const worker = async (): Promise<void> => {
    for (let payload = payloads[next++]; payload; payload = payloads[next++]) {
      const { statusCode, body } = await pool.request({
        method: 'PUT',
        path: `${url.pathname}${encodeURIComponent(payload.name)}`,
        headers: { 'content-type': contentType, 'if-none-match': '*' },
        body: payload.body,
      })
      await body.dump()
      if (statusCode !== 201) throw new Error(`PUT ${payload.name}: ${statusCode}`)
    }
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: connections }, worker))
  const seconds = (performance.now() - started) / 1000
  await pool.close()
  return { records: payloads.length, seconds, recordsPerSecond: payloads.length / seconds }
}
