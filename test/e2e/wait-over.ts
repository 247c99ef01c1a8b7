import pg from 'pg'
import { joinEmbeddedPostgres } from '@/bin/embedded-postgres'
import { dataDirectory } from '@/test/e2e/data-directory'

/** Sets the clock of somebody's new device account: its 72 hours are over, and two people still have to approve. */
export async function waitOver(email: string, label: string): Promise<void> {
  const count = await change(
    `UPDATE device_accounts SET cooling_until = now() FROM subscribers
     WHERE subscribers.id = subscriber_id AND email = $1 AND label = $2 AND cooling_until > now()`,
    [email, label],
  )
  if (count !== 1) throw new Error(`No new account "${label}" of ${email}.`)
}

/** Sets the clock of somebody's wait before content is shown: they asked for it four days ago. */
export async function contentWaitOver(email: string): Promise<void> {
  const count = await change(
    `UPDATE release_waits SET asked_at = asked_at - interval '4 days', opens_at = opens_at - interval '4 days'
     FROM subscribers WHERE subscribers.id = subscriber_id AND email = $1 AND stopped_at IS NULL`,
    [email],
  )
  if (count !== 1) throw new Error(`${email} waits for nothing.`)
}

async function change(statement: string, values: string[]): Promise<number | null> {
  const embedded = await joinEmbeddedPostgres(dataDirectory)
  const client = new pg.Client({ connectionString: embedded.ownerUrl })
  try {
    await client.connect()
    await client.query(`SELECT set_config('homeward.carrier', '*', false)`)
    return (await client.query(statement, values)).rowCount
  } finally {
    await client.end()
    await embedded.leave()
  }
}
