import pg from 'pg'

export interface Sent {
  text: string
  name: string | undefined
  values: unknown[]
}

/** The statements that the driver is given while the work is done, as they are. */
export async function sentBy(work: () => Promise<unknown>): Promise<Sent[]> {
  const sent: Sent[] = []
  const client = pg.Client.prototype as unknown as { query: (this: pg.Client, ...given: unknown[]) => unknown }
  const { query } = client
  client.query = function (this: pg.Client, ...given: unknown[]) {
    const [asked] = given as [string | { text?: string; name?: string; values?: unknown[] }]
    const { text, name, values = [] } = typeof asked === 'string' ? { text: asked, name: undefined } : asked
    if (text !== undefined) sent.push({ text, name, values })
    return query.apply(this, given)
  }
  try {
    await work()
  } finally {
    client.query = query
  }
  return sent
}
