/** Appends frames to an object that nobody sees before `finish`. */
export interface SealedWriter {
  /** One frame: encrypted and authenticated on its own, in its place. Resolves to the frame's index, counted from 0. */
  append(frame: Uint8Array): Promise<number>
  /** Makes the object visible at once, replacing any earlier one of that key. */
  finish(): Promise<void>
  /** Leaves nothing behind. */
  abandon(): Promise<void>
}

/**
 * Snapshots and frozen plans: encrypted at rest (AES-256-GCM), written once, read in order or from a frame on.
 * A cut, reordered or altered object is an error, never a shorter answer.
 */
export interface SealedStore {
  write(key: string): Promise<SealedWriter>
  /** Frames from `fromFrame` (default 0) to the last one. Throws {@link SealedObjectBroken} or {@link SealedObjectMissing}. */
  read(key: string, fromFrame?: number): AsyncIterable<Uint8Array>
  exists(key: string): Promise<boolean>
  remove(key: string): Promise<void>
}

export class SealedObjectMissing extends Error {
  constructor(readonly key: string) {
    super(`There is no sealed object ${key}.`)
    this.name = 'SealedObjectMissing'
  }
}

export class SealedObjectBroken extends Error {
  constructor(
    readonly key: string,
    detail: string,
  ) {
    super(`The sealed object ${key} cannot be trusted: ${detail}.`)
    this.name = 'SealedObjectBroken'
  }
}
