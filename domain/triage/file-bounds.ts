/** Why a file that came with a mail was not kept, in codes; messages/ says each. */
export const refusedReasons = ['kind', 'size', 'count', 'empty'] as const
export type RefusedReason = (typeof refusedReasons)[number]

/** Octets of one file; how many of one mail are kept, and how many more are told of. */
export const fileBounds = { size: 10 * 1024 * 1024, count: 10, told: 20 } as const

/** Where a file lies sealed. */
export const fileKey = (fileId: string): string => `files/${fileId}`
