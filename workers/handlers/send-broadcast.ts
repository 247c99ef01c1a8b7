import { sendBroadcast } from '@/domain/notification/send-broadcast'
import type { Handle } from '@/workers/handler'
import { broadcastWording } from '@/workers/handlers/broadcast-wording'

/** What is wrong with one of a million is wrong with many: so many are reported, the rest is in their rows. */
const mostReports = 3

/** One turn at sending a broadcast. */
export const handle: Handle<{ broadcastId: string }> = async ({ broadcastId }, services) => {
  let reports = 0
  const report = (error: unknown) => {
    reports += 1
    if (reports <= mostReports) services.report(error)
  }
  const again = await sendBroadcast({ ...services, report, wording: broadcastWording(services) }, broadcastId)
  return again === null ? undefined : { again }
}
