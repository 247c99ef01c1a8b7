import { pathToFileURL } from 'node:url'
import { beginInstallation } from '@/bench/installation'
import type { BenchResult } from '@/bench/intake'
import { restoreAll, startSink, subscriberWith } from '@/bench/restores'
import { system } from '@/domain/actor'
import { addCarrier } from '@/domain/subscriber/add-carrier'

const records = 500

/** Requests a restore of 500 new contacts sends, discovery included, and those of running it again. */
export async function benchRequests(): Promise<BenchResult[]> {
  const at = await beginInstallation()
  const sink = await startSink(0)
  const forget = () => fetch(`${sink.url}-/counts`, { method: 'DELETE' })
  const sent = async () => {
    const counts = (await (await fetch(`${sink.url}-/counts`)).json()) as Record<string, number>
    return Object.values(counts).reduce((sum, count) => sum + count, 0)
  }
  try {
    await addCarrier(system('bench'), { slug: 'bench', name: 'Bench' })
    const subscriberId = await subscriberWith(at, 'bench', records)
    await restoreAll(at, subscriberId, sink.url, forget)
    const first = await sent()
    await restoreAll(at, subscriberId, sink.url, forget)
    const again = await sent()
    const what = 'requests : records, 500 new contacts (at most)'
    return [
      { name: what, ratio: first / records, target: 1.05, ours: first, theirs: records, unit: 'requests' },
      {
        name: 'requests of a rerun, discovery included',
        ratio: again / 5,
        target: 1,
        ours: again,
        theirs: 5,
        unit: 'requests',
      },
    ]
  } finally {
    sink.stop()
    await at.end()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const result of await benchRequests()) console.log(JSON.stringify(result))
  process.exit(0)
}
