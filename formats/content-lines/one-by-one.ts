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

/** The same items as something else, one by one as well: what makes it is asked for an item when the item is. */
export function mapOneByOne<From, To>(items: AsyncIterable<From>, to: (item: From) => To): AsyncIterable<To> {
  return {
    [Symbol.asyncIterator]() {
      const source = items[Symbol.asyncIterator]()
      const mapped = ({ done, value }: IteratorResult<From, unknown>): IteratorResult<To> =>
        done ? { done, value: undefined } : { done: false, value: to(value as From) }
      return {
        next: () => source.next().then(mapped),
        async return() {
          await source.return?.()
          return { done: true, value: undefined }
        },
      }
    },
  }
}
