import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Keyring } from '@/gateways/keyring'

const magic = Buffer.from('HWSEALED\x01', 'latin1')
const fileIdLength = 32
const tagLength = 16
const finalFlag = 1
const deflatedFlag = 2
const worthDeflating = 256

/** Bytes in front of a frame's ciphertext: flags (1), length of the ciphertext (4, big-endian). */
export const frameHeadLength = 5
/** The most bytes a header takes: magic and version, length of the key id, key id, random file id. */
export const longestHeader = magic.length + 1 + 255 + fileIdLength
/** One frame at most, in bytes. */
export const largestFrame = 0x3fff_ffff

interface FrameHead {
  flags: number
  final: boolean
  /** Bytes of ciphertext and tag that follow the head. */
  bodyLength: number
}

/** Seals and opens the frames of one object: a key of its own (HKDF over the random file id), the frame's index as nonce. */
export interface FrameCipher {
  header: Buffer
  /** Head, ciphertext and tag. The closing frame (`final`) is empty and says that nothing was cut. */
  seal(index: number, plain: Uint8Array, final: boolean): Buffer[]
  /** Null where the frame was altered, moved, or comes from another object. */
  open(index: number, head: FrameHead, body: Buffer): Uint8Array | null
}

const purpose = 'homeward sealed store 1'

/** The cipher of a new object, under the current key. */
export function sealingCipher(keyring: Keyring, objectKey: string): FrameCipher {
  const current = keyring.current
  const id = Buffer.from(current, 'ascii')
  const header = Buffer.concat([magic, Buffer.from([id.length]), id, randomBytes(fileIdLength)])
  return frameCipher(keyring.derive(current, purpose, header.subarray(-fileIdLength))!, header, objectKey)
}

/** Reads the header at the start of `bytes`. Answers in words what is wrong with it where it cannot be used. */
export function openingCipher(keyring: Keyring, objectKey: string, bytes: Buffer): FrameCipher | string {
  const idLength = bytes[magic.length] ?? 0
  const headerLength = magic.length + 1 + idLength + fileIdLength
  if (!bytes.subarray(0, magic.length).equals(magic)) return 'it does not begin as one'
  if (idLength === 0 || bytes.length < headerLength) return 'it is cut in its header'
  const header = Buffer.from(bytes.subarray(0, headerLength))
  const id = header.subarray(magic.length + 1, magic.length + 1 + idLength).toString('latin1')
  const key = keyring.derive(id, purpose, header.subarray(-fileIdLength))
  return key ? frameCipher(key, header, objectKey) : 'it was sealed under a key that is not in HOMEWARD_KEY'
}

/** The id of the key that an object's header names; null where `bytes` do not begin as one. */
export function sealedUnder(bytes: Buffer): string | null {
  const idLength = bytes[magic.length] ?? 0
  if (!bytes.subarray(0, magic.length).equals(magic) || idLength === 0) return null
  if (bytes.length < magic.length + 1 + idLength + fileIdLength) return null
  return bytes.subarray(magic.length + 1, magic.length + 1 + idLength).toString('latin1')
}

/** Null where the length cannot be one of ours. */
export function readFrameHead(bytes: Buffer): FrameHead | null {
  const flags = bytes.readUInt8(0)
  const length = bytes.readUInt32BE(1)
  if (flags > (finalFlag | deflatedFlag) || length > largestFrame) return null
  return { flags, final: (flags & finalFlag) !== 0, bodyLength: length + tagLength }
}

function frameCipher(key: Buffer, header: Buffer, objectKey: string): FrameCipher {
  const place = createHash('sha256').update(header).update(objectKey, 'utf8').digest()

  const nonceOf = (index: number) => {
    const nonce = Buffer.alloc(12)
    nonce.writeBigUInt64BE(BigInt(index), 4)
    return nonce
  }
  const additionalData = (nonce: Buffer, head: Buffer) => Buffer.concat([place, nonce, head])
  const headOf = (flags: number, length: number) => {
    const head = Buffer.alloc(frameHeadLength)
    head.writeUInt8(flags, 0)
    head.writeUInt32BE(length, 1)
    return head
  }

  return {
    header,
    seal(index, plain, final) {
      const deflated = plain.length >= worthDeflating ? deflateRawSync(plain, { level: 1 }) : null
      const smaller = deflated !== null && deflated.length < plain.length
      const content = smaller ? deflated : plain
      const head = headOf((final ? finalFlag : 0) | (smaller ? deflatedFlag : 0), content.length)
      const nonce = nonceOf(index)
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
      cipher.setAAD(additionalData(nonce, head))
      return [head, cipher.update(content), cipher.final(), cipher.getAuthTag()]
    },
    open(index, head, body) {
      const nonce = nonceOf(index)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
      decipher.setAAD(additionalData(nonce, headOf(head.flags, head.bodyLength - tagLength)))
      decipher.setAuthTag(body.subarray(body.length - tagLength))
      const content = decipher.update(body.subarray(0, body.length - tagLength))
      try {
        decipher.final()
      } catch {
        return null
      }
      return (head.flags & deflatedFlag) === 0 ? content : inflateRawSync(content, { maxOutputLength: largestFrame })
    },
  }
}
