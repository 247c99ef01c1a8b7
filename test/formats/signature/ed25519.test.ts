import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ed25519Signer, isPublicKey, isSigned } from '@/formats/signature/ed25519'

const url = (hex: string) => Buffer.from(hex, 'hex').toString('base64url')

/** RFC 8032 section 7.1, TEST 1 and TEST 2. */
const known = [
  {
    seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
]

it.each(known)('signs $message as the standard shows', ({ seed, publicKey, message, signature }) => {
  const signer = ed25519Signer(Buffer.from(seed, 'hex'))
  expect(signer.publicKey).toBe(url(publicKey))
  expect(signer.sign(Buffer.from(message, 'hex'))).toBe(url(signature))
  expect(isSigned(Buffer.from(message, 'hex'), { publicKey: url(publicKey), signature: url(signature) })).toBe(true)
})

it('takes no seed of another length', () => {
  expect(() => ed25519Signer(Buffer.alloc(31))).toThrow(RangeError)
})

it('knows what was altered anywhere, and any other way to write the same bytes', () => {
  const signer = ed25519Signer(Buffer.from(known[0]!.seed, 'hex'))
  const message = Buffer.from('what was said')
  const signed = { publicKey: signer.publicKey, signature: signer.sign(message) }
  expect(isSigned(message, signed)).toBe(true)
  const other = fc.tuple(
    fc.constantFrom('publicKey' as const, 'signature' as const),
    fc.nat(),
    fc.string({ minLength: 1, maxLength: 1 }),
  )
  fc.assert(
    fc.property(other, ([name, where, char]) => {
      const text = signed[name]
      const at = where % text.length
      fc.pre(text[at] !== char)
      const altered = text.slice(0, at) + char + text.slice(at + 1)
      expect(isSigned(message, { ...signed, [name]: altered })).toBe(false)
    }),
  )
  for (const signature of ['', `${signed.signature}=`, `${signed.signature} `, 'x'])
    expect(isSigned(message, { ...signed, signature })).toBe(false)
  expect(isSigned(Buffer.from('what was sent'), signed)).toBe(false)
  expect([signed.publicKey, '', `${signed.publicKey}=`, signed.signature].map(isPublicKey)).toEqual([
    true,
    false,
    false,
    false,
  ])
})
