/** What an authenticator writes (CTAP2 canonical CBOR, RFC 8949): whole numbers, texts, bytes and maps of them. */
export type Cbor = number | string | Uint8Array | Map<number | string, Cbor>

/** Encodes in the shortest form; a map's entries come in the order given, which the caller keeps canonical. */
export function encodeCbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (typeof value === 'string') {
    const bytes = Buffer.from(value, 'utf8')
    return Buffer.concat([head(3, bytes.length), bytes])
  }
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  const entries = [...value].flatMap(([key, one]) => [encodeCbor(key), encodeCbor(one)])
  return Buffer.concat([head(5, value.size), ...entries])
}

/** Major type and argument, of at most 16 bits. */
function head(major: number, argument: number): Buffer {
  const type = major << 5
  if (argument < 24) return Buffer.from([type | argument])
  if (argument < 0x100) return Buffer.from([type | 24, argument])
  if (argument < 0x10000) return Buffer.from([type | 25, argument >> 8, argument & 0xff])
  throw new RangeError('No authenticator of ours writes anything this long.')
}
