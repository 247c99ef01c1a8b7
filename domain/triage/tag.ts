/** Letters of a tag. */
export const longestTag = 30

/** A tag in its one spelling: "  VIP  Client " is "vip-client". Null for what is no tag: nothing, too much, other signs. */
export function normalTag(given: string): string | null {
  const tag = given.normalize('NFKC').trim().toLowerCase().replaceAll(/\s+/g, '-')
  return tag.length <= longestTag && /^[\p{L}\p{N}]+(-[\p{L}\p{N}]+)*$/u.test(tag) ? tag : null
}
