/**
 * The items of batches one after the other. By hand, because an async generator puts three turns of the event queue
 * between two items, and there are millions of them. Stopping early stops the batches too.
 */
export function oneByOne<T>(batches: AsyncIterable<readonly T[]>): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]() {
      const source = batches[Symbol.asyncIterator]()
      let batch: readonly T[] = []
      let at = 0
      const pull = async (): Promise<IteratorResult<T>> => {
        for (;;) {
          const next = await source.next()
          if (next.done) return { done: true, value: undefined }
          if (next.value.length === 0) continue
          batch = next.value
          at = 1
          return { done: false, value: batch[0]! }
        }
      }
      return {
        next: () => (at < batch.length ? Promise.resolve({ done: false, value: batch[at++]! }) : pull()),
        async return() {
          batch = []
          await source.return?.()
          return { done: true, value: undefined }
        },
      }
    },
  }
}
