/**
 * A map from text to whole numbers for a hundred thousand entries in a few megabytes: it keeps 64 bits of a key's hash instead
 * of the key. Two keys meet by chance once in ten billion maps of that size.
 */
export class CompactMap {
  private hashes = new Uint32Array(2 * 1024)
  private values = new Float64Array(1024).fill(Number.NaN)
  private count = 0
  private low = 0
  private high = 0

  get size(): number {
    return this.count
  }

  get(key: string): number | undefined {
    const value = this.values[this.slotOf(key)]!
    return Number.isNaN(value) ? undefined : value
  }

  has(key: string): boolean {
    return this.get(key) !== undefined
  }

  set(key: string, value: number): void {
    let slot = this.slotOf(key)
    if (Number.isNaN(this.values[slot]!)) {
      // Half full is full: longer runs of taken slots would cost more than the memory saved.
      if (this.count * 2 >= this.values.length) {
        this.grow()
        slot = this.slotOf(key)
      }
      this.count++
      this.hashes[2 * slot] = this.low
      this.hashes[2 * slot + 1] = this.high
    }
    this.values[slot] = value
  }

  private slotOf(key: string): number {
    this.hash(key)
    return this.find(this.low, this.high)
  }

  private find(low: number, high: number): number {
    const mask = this.values.length - 1
    let slot = low & mask
    while (!Number.isNaN(this.values[slot]!)) {
      if (this.hashes[2 * slot] === low && this.hashes[2 * slot + 1] === high) return slot
      slot = (slot + 1) & mask
    }
    return slot
  }

  private grow(): void {
    const { hashes, values } = this
    this.hashes = new Uint32Array(2 * hashes.length)
    this.values = new Float64Array(2 * values.length).fill(Number.NaN)
    for (let from = 0; from < values.length; from++) {
      if (Number.isNaN(values[from]!)) continue
      const slot = this.find(hashes[2 * from]!, hashes[2 * from + 1]!)
      this.hashes[2 * slot] = hashes[2 * from]!
      this.hashes[2 * slot + 1] = hashes[2 * from + 1]!
      this.values[slot] = values[from]!
    }
  }

  /** Two independent multiplicative hashes with a final mix, 32 bits each. */
  private hash(key: string): void {
    let a = 0xdeadbeef ^ key.length
    let b = 0x41c6ce57 ^ key.length
    for (let i = 0; i < key.length; i++) {
      const unit = key.charCodeAt(i)
      a = Math.imul(a ^ unit, 2_654_435_761)
      b = Math.imul(b ^ unit, 1_597_334_677)
    }
    a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909)
    b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909)
    this.low = a >>> 0
    this.high = b >>> 0
  }
}
