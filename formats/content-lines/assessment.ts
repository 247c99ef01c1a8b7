/**
 * Why a record cannot be read.
 * - `no-structure`: bytes between records that belong to no BEGIN
 * - `cut-off`: it begins but ends before anything usable
 * - `not-text`: binary content or an unknown encoding
 * - `nothing-readable`: a structure with no property anybody could use
 * - `unsupported`: a readable structure of another kind than the file is for
 * - `too-large`: above the memory cap; its bytes were not held
 */
export type DamageReason = 'no-structure' | 'cut-off' | 'not-text' | 'nothing-readable' | 'unsupported' | 'too-large'

/** What a reader says about one record. `missing` holds short codes of the fields a person would miss. */
export type Assessment =
  | { state: 'complete' }
  | { state: 'partial'; missing: string[] }
  | { state: 'damaged'; reason: DamageReason }
