// node --import tsx test/faults/fan-out-worker.ts BROADCAST: spreads and sends it until it is done, or until it is killed.
import { sendBroadcast } from '@/domain/notification/send-broadcast'
import { spreadBroadcast } from '@/domain/notification/spread-broadcast'
import { closeDatabase } from '@/gateways/database'
import { parseKeyring } from '@/gateways/keyring'
import { smtpMail } from '@/gateways/mail'
import { openSecrets } from '@/gateways/secrets'
import { broadcastWording } from '@/workers/handlers/broadcast-wording'

const [broadcastId = ''] = process.argv.slice(2)
const { HOMEWARD_KEY = '', SMTP_URL = '', RATE = '', LEASE_MS = '1000' } = process.env
const mail = smtpMail({ url: SMTP_URL })
const rate = Number(RATE)
const nobody = async () => {
  throw new Error('There is no such channel here.')
}
const outside = {
  secrets: openSecrets(parseKeyring(HOMEWARD_KEY)),
  mail,
  sms: null,
  push: null,
  webhooks: { send: nobody, check: nobody, async close() {} },
  rates: { mail: rate, sms: rate, push: rate, webhook: rate },
  mailFrom: 'no-reply@portal.example',
  publicUrl: 'https://portal.example',
  wording: broadcastWording({ publicUrl: 'https://portal.example', timeZone: 'UTC' }),
  report: (error: unknown) => console.error(error),
  now: () => new Date(),
  signal: new AbortController().signal,
}

// A page of a hundred takes longer in all, so that there is something to be killed in.
await spreadBroadcast(outside, broadcastId, 100)
for (;;) {
  const again = await sendBroadcast(outside, broadcastId, { sliceMs: 2_000, leaseMs: Number(LEASE_MS) })
  if (again === null) break
  await new Promise(resolve => setTimeout(resolve, Math.max(again.getTime() - Date.now(), 10)))
}
await mail.close()
await closeDatabase()
