/** Marks that turn the direction of writing: "photo[U+202E]gpj.exe" would be read as a picture's name. */
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const notInNames = /[\p{Cc}\p{Surrogate}\u2028\u2029\\/:*?"<>|]/gu
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

/**
 * A recovered file's name as every system takes it: it leads nowhere else, names no device, and is read as it is written. Most
 * names come back as they are.
 */
export function safeName(name: string): string {
  const plain = name.replaceAll(turning, '').replaceAll(notInNames, '_')
  const ended = plain.replace(/[. ]+$/, end => '_'.repeat(end.length))
  return ended === '' || devices.test(ended) ? `_${ended}` : ended
}

/** Names of one folder, each given out once, also where case and the form of accents make no difference. */
export class SafeNames {
  private readonly taken = new Set<string>()

  /** {@link safeName}, with a number where another file has it. */
  of(name: string): string {
    const safe = safeName(name)
    const [, stem = safe, extension = ''] = /^(.+?)(\.[^.]*)?$/s.exec(safe) ?? []
    for (let number = 1; ; number++) {
      const wanted = number === 1 ? safe : `${stem} (${number})${extension}`
      const key = wanted.normalize('NFC').toLowerCase()
      if (this.taken.has(key)) continue
      this.taken.add(key)
      return wanted
    }
  }
}
