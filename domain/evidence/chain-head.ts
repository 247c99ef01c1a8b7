/** The last row of a subject's chain at some moment. */
export interface ChainHead {
  subject: string
  seq: number
  /** Hex. */
  hash: string
}

/** What a head's leaf in the published tree is over: its subject with its length before it, its number, its hash. */
export const headLeaf = ({ subject, seq, hash }: ChainHead): Buffer =>
  Buffer.from(`${Buffer.byteLength(subject)}:${subject}${seq}:${hash}`, 'utf8')

/** Order of subjects: that of their UTF-8 bytes, as the tables' collation "C" has it. */
export const compareSubjects = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))
