/** A change of one bag that nobody sees before it is whole: tag files written anew, folders gone. */
export interface BagEdit {
  /** Names of the files in the bag's base directory. */
  baseFiles(): Promise<string[]>
  /** Puts a file aside that will take the place of the one at that path, relative to the bag. */
  write(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void>
  /**
   * Puts the files in their places and removes the folders (relative to the bag). Killed in the middle, the next
   * {@link BagEditor.begin} of the bag brings it to its end.
   */
  commit(folders: readonly string[]): Promise<void>
  /** Leaves nothing behind. */
  abandon(): Promise<void>
}

/** Who may change what lies in backup storage: erasure, and nobody else. */
export interface BagEditor {
  /** One at a time for a bag: the caller sees to it. Finishes what was interrupted before. */
  begin(batchName: string): Promise<BagEdit>
}
