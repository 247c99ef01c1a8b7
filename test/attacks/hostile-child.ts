// tsx test/attacks/hostile-child.ts FOLDER COUNT: looks at FOLDER/0 .. FOLDER/COUNT-1 as the portal does with photos, then at all of them at once, and
// prints what became of each and this process's peak resident size.
import { createReadStream, readFileSync } from 'node:fs'
import path from 'node:path'
import { assessPhotoBytes } from '@/formats/photo/assess-photo'
import { photoPreview } from '@/gateways/photo-preview'

const [folder = '', count = '0'] = process.argv.slice(2)
const files = Array.from({ length: Number(count) }, (_, at) => path.join(folder, String(at)))
// Not getrusage: its peak begins with that of the process that started this one.
const peak = () => Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))![1]) * 1024

const looks = []
for (const file of files) {
  const began = performance.now()
  const { state } = await assessPhotoBytes(createReadStream(file))
  const assessed = performance.now()
  const preview = await photoPreview(createReadStream(file), 400)
  const ms = { assess: assessed - began, preview: performance.now() - assessed }
  looks.push({ state, preview: preview?.toString('latin1') ?? null, ms })
}
const oneByOne = peak()
await Promise.all(files.map(file => photoPreview(createReadStream(file), 1600)))
console.log(JSON.stringify({ looks, oneByOne, atOnce: peak() }))
