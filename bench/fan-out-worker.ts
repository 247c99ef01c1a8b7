// node --import tsx bench/fan-out-worker.ts RATE BROADCAST…: sends one after the other as a worker does, and says what each cost and when it was sent.
import { openServices } from '@/bin/services'
import { sendBroadcast } from '@/domain/notification/send-broadcast'
import { spreadBroadcast } from '@/domain/notification/spread-broadcast'
import { broadcastWording } from '@/workers/handlers/broadcast-wording'

const [rate = '', ...broadcastIds] = process.argv.slice(2)
const { services, close } = openServices('bench')
const outside = {
  ...services,
  rates: { ...services.rates, mail: Number(rate) },
  wording: broadcastWording(services),
  signal: new AbortController().signal,
}
const sent: { cpuSeconds: number; beganAt: number; endedAt: number }[] = []
for (const broadcastId of broadcastIds) {
  const mark = process.cpuUsage()
  await spreadBroadcast(outside, broadcastId)
  const beganAt = Date.now()
  for (;;) {
    const again = await sendBroadcast(outside, broadcastId)
    if (again === null) break
    await new Promise(resolve => setTimeout(resolve, Math.max(again.getTime() - Date.now(), 0)))
  }
  const { user, system } = process.cpuUsage(mark)
  sent.push({ cpuSeconds: (user + system) / 1e6, beganAt, endedAt: Date.now() })
}
console.log(JSON.stringify(sent))
await close()
