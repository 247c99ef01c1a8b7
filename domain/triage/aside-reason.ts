/** Why a mail was kept aside instead of being entered, in codes; messages/ says each to support. */
export const asideReasons = [
  /** It comes from another address than the subscriber's. */
  'other-address',
  /** A program or a list sent it. */
  'automatic',
  /** It has come back to us: what we sent, or what passed too many servers. */
  'loop',
  /** More than are entered in an hour. */
  'too-many',
  /** Its form cannot be read. */
  'unreadable',
  /** It says nothing. */
  'empty',
  /** More words than an entry has. */
  'too-long',
] as const
export type AsideReason = (typeof asideReasons)[number]

/** Of these a person may let one in: the others have no words, or words of ours. */
const letInReasons: readonly AsideReason[] = ['other-address', 'automatic', 'too-many', 'too-long']
export const mayBeLetIn = (reason: AsideReason): boolean => letInReasons.includes(reason)

/** Why a person dismissed one: its tombstone says it. */
export const dismissReasons = ['unwanted', 'not-theirs', 'nothing-said', 'done-otherwise'] as const
export type DismissReason = (typeof dismissReasons)[number]
