import { type Command, done, noneAlone, WrongUsage } from '@/bin/commands/command'
import { reader } from '@/domain/transaction'
import { startWorker } from '@/workers/worker'

export const command: Command = {
  usage: '--until-idle',
  needs: 'services',
  async run(words, services, queue) {
    noneAlone(words)
    if (!words.options.has('until-idle'))
      throw new WrongUsage('Say --until-idle: workers that stay are started by npm start.')
    const begun = new Date()
    const worker = startWorker({
      services,
      queue,
      concurrency: Number(process.env.WORKER_CONCURRENCY || 8),
      untilIdle: true,
    })
    let idle = true
    const stop = (): void => {
      idle = false
      void worker.stop()
    }
    process.once('SIGTERM', stop)
    process.once('SIGINT', stop)
    await worker.stopped
    process.off('SIGTERM', stop)
    process.off('SIGINT', stop)
    const [finished, stuck, waiting] = await Promise.all([
      reader('every-carrier').task.count({ where: { status: 'done', doneAt: { gte: begun } } }),
      reader('every-carrier').task.count({ where: { status: 'failed' } }),
      reader('every-carrier').restoreRequest.count({ where: { status: { in: ['waiting', 'held'] } } }),
    ])
    return done({ idle, done: finished, stuck, requestsWaiting: waiting })
  },
}
