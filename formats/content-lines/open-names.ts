/** The names of the structures that are open, outermost first. Asking for a name that is not open costs no search. */
export class OpenNames {
  private readonly names: string[] = []
  private readonly counts = new Map<string, number>()

  get length(): number {
    return this.names.length
  }

  /** Empty where nothing is open. */
  get outermost(): string {
    return this.names[0] ?? ''
  }

  has(name: string): boolean {
    return (this.counts.get(name) ?? 0) > 0
  }

  open(name: string): void {
    this.names.push(name)
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1)
  }

  /** Closes the innermost structure of that name and all inside it; false where none is open. */
  close(name: string): boolean {
    if (!this.has(name)) return false
    for (let closed = this.names.pop(); closed !== undefined; closed = this.names.pop()) {
      this.counts.set(closed, this.counts.get(closed)! - 1)
      if (closed === name) return true
    }
    return false
  }

  clear(): void {
    this.names.length = 0
    this.counts.clear()
  }
}
