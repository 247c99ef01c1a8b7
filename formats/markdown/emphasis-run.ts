/** Signs of emphasis in a row. */
export interface EmphasisRun {
  length: number
  mayOpen: boolean
  mayClose: boolean
}

const punctuation = /[\p{P}\p{S}]/u

/** What signs at a place may do by what they touch (CommonMark 0.31 section 6.2, rules 1 to 8). */
export function emphasisRun(text: string, at: number, signs: string): EmphasisRun {
  const before = text[at - 1] ?? ' '
  const after = text[at + signs.length] ?? ' '
  const isLeft = flanks(after, before)
  const isRight = flanks(before, after)
  return {
    length: signs.length,
    mayOpen: isLeft && (signs[0] === '*' || !isRight || punctuation.test(before)),
    mayClose: isRight && (signs[0] === '*' || !isLeft || punctuation.test(after)),
  }
}

/** What may both open and close does not pair up to a multiple of three, but for two that are (rules 9 and 10). */
export const pairsWith = (opener: EmphasisRun, closer: EmphasisRun): boolean =>
  !(opener.mayClose || closer.mayOpen) || (opener.length + closer.length) % 3 !== 0 || opener.length % 3 === 0

/** Whether signs lie close to what is on one side of them (left- and right-flanking). */
const flanks = (inside: string, outside: string): boolean =>
  !/\s/.test(inside) && (!punctuation.test(inside) || /\s/.test(outside) || punctuation.test(outside))
