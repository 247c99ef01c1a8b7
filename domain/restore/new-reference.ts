import { randomInt } from 'node:crypto'

/** Read out on the telephone: no letters or digits that sound or look alike. */
const alphabet = '2345679ACDEFHJKMNPQRTUVWXY'

/** A request's reference: HW-2K7Q-F3AA. */
export function newReference(): string {
  const letters = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)])
  return `HW-${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`
}

/** As it is written in a message, from what somebody read out or typed: "hw 2k7q f3aa" is HW-2K7Q-F3AA. */
export function asReference(typed: string): string {
  const letters = typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  const [, first, last] = /^(?:HW)?(\w{4})(\w{4})$/.exec(letters) ?? []
  return first === undefined ? typed : `HW-${first}-${last}`
}
