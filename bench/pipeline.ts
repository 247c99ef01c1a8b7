import { pathToFileURL } from 'node:url'
import { beginInstallation, median } from '@/bench/installation'
import type { BenchResult } from '@/bench/intake'
import { type BaselinePayload, runBaseline } from '@/bench/pipeline-baseline'
import { cards, restoreAll, startSink, subscriberWith } from '@/bench/restores'
import { system } from '@/domain/actor'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { readCards } from '@/formats/vcard/read-cards'
import { toVcard3 } from '@/formats/vcard/to-vcard3'

const records = 10_000
const rounds = 5

/**
 * A whole restore run (snapshot, plan, push, read back, commits) of new contacts, in turn with nothing but PUTs of the same
 * payloads, both over 8 connections into the same sink that takes 2 ms a request. Records per second, medians.
 */
export async function benchPipeline(): Promise<BenchResult> {
  const at = await beginInstallation()
  try {
    await addCarrier(system('bench'), { slug: 'bench', name: 'Bench' })
    const payloads = await samePayloads()
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 0; round <= rounds; round++) {
      const sink = await startSink()
      try {
        await fetch(`${sink.url}baseline/`, { method: 'MKCOL' })
        const bare = await runBaseline(`${sink.url}baseline/`, payloads, 'text/vcard; charset=utf-8')
        const subscriberId = await subscriberWith(at, 'bench', records)
        const { seconds, contacts } = await restoreAll(at, subscriberId, sink.url)
        if (contacts.verified !== records) throw new Error(`Only ${contacts.verified} of ${records} were verified.`)
        // The first round warms both up.
        if (round === 0) continue
        ours.push(records / seconds)
        theirs.push(bare.recordsPerSecond)
      } finally {
        sink.stop()
      }
    }
    const [mine, bare] = [median(ours), median(theirs)]
    return {
      name: 'pipeline, verified : bare PUT loop',
      ratio: mine / bare,
      target: 0.85,
      ours: mine,
      theirs: bare,
      unit: 'records/s',
    }
  } finally {
    await at.end()
  }
}

async function samePayloads(): Promise<BaselinePayload[]> {
  const payloads: BaselinePayload[] = []
  const bytes = Buffer.from([...cards(records)].join(''))
  for await (const card of readCards(one(bytes))) {
    payloads.push({ name: `${card.ordinal}.vcf`, body: toVcard3(card, { uid: card.uid! }) })
  }
  return payloads
}

async function* one(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(JSON.stringify(await benchPipeline()))
  process.exit(0)
}
