/** How a text is sent, as 3GPP TS 23.038 and TS 23.040 have it. */
export interface SmsSegments {
  encoding: 'gsm-7' | 'ucs-2'
  /** Septets, or UTF-16 code units, of the whole text. */
  units: number
  /** Messages that it takes; an empty text is one. */
  parts: number
  /** Units that fit one of them: fewer where there are several, because each then names its place. */
  perPart: number
}

/** The default alphabet (TS 23.038 section 6.2.1) but for escape: one septet each. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** Its extension (section 6.2.1.1): escape and a second septet. */
const extension = new Set('\f^{}\\[~]|€')

const capacity = { 'gsm-7': { alone: 160, joined: 153 }, 'ucs-2': { alone: 70, joined: 67 } } as const

/**
 * How many messages a text takes. One character outside the alphabet makes the whole text UCS-2. What takes two units, an
 * extended character or a surrogate pair, is never split over two messages.
 */
export function smsSegments(text: string): SmsSegments {
  const characters = [...text]
  const isGsm = characters.every(character => basic.has(character) || extension.has(character))
  const encoding = isGsm ? 'gsm-7' : 'ucs-2'
  const sizes = characters.map(character => (isGsm ? (extension.has(character) ? 2 : 1) : character.length))
  const units = sizes.reduce((sum, size) => sum + size, 0)
  const { alone, joined } = capacity[encoding]
  if (units <= alone) return { encoding, units, parts: 1, perPart: alone }
  let parts = 1
  let used = 0
  for (const size of sizes) {
    if (used + size > joined) {
      parts++
      used = 0
    }
    used += size
  }
  return { encoding, units, parts, perPart: joined }
}
