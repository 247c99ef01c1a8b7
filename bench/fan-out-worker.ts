// node --import tsx bench/fan-out-worker.ts RATE send|help BROADCAST…: tells one after the other as workers do, says with a
// line that it is ready, and with another what each cost and when it was sent.
import { setTimeout as pause } from 'node:timers/promises'
import { openServices } from '@/bin/services'
import { helpBroadcast, sendBroadcast } from '@/domain/notification/send-broadcast'
import { spreadBroadcast } from '@/domain/notification/spread-broadcast'
import { reader } from '@/domain/transaction'
import { broadcastWording } from '@/workers/handlers/broadcast-wording'

const [rate = '', role = '', ...broadcastIds] = process.argv.slice(2)
const { services, close } = openServices('bench')
const outside = {
  ...services,
  rates: { ...services.rates, mail: Number(rate) },
  wording: broadcastWording(services),
  signal: new AbortController().signal,
}
console.log('ready')
const sent: { cpuSeconds: number; beganAt: number; endedAt: number }[] = []
for (const broadcastId of broadcastIds) {
  if (role === 'help') await until(broadcastId, 'sending')
  const mark = process.cpuUsage()
  if (role === 'send') await spreadBroadcast(outside, broadcastId)
  const beganAt = Date.now()
  await (role === 'send' ? send(broadcastId) : help(broadcastId))
  const { user, system } = process.cpuUsage(mark)
  sent.push({ cpuSeconds: (user + system) / 1e6, beganAt, endedAt: Date.now() })
}
console.log(JSON.stringify(sent))
await close()

async function send(broadcastId: string): Promise<void> {
  for (;;) {
    const again = await sendBroadcast(outside, broadcastId)
    if (again === null) return
    await pause(Math.max(again.getTime() - Date.now(), 0))
  }
}

async function help(broadcastId: string): Promise<void> {
  for (;;) {
    const again = await helpBroadcast(outside, broadcastId)
    if (again === null) return
    await pause(Math.max(again.getTime() - Date.now(), 0))
  }
}

async function until(id: string, status: string): Promise<void> {
  const known = ['spreading', 'sending', 'done', 'stopped']
  for (;;) {
    const broadcast = await reader('every-carrier').broadcast.findUniqueOrThrow({ where: { id } })
    if (known.indexOf(broadcast.status) >= known.indexOf(status)) return
    await pause(100)
  }
}
