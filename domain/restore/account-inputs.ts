import { z } from 'zod'

/** Without a name and a password: these are sealed, an address is not. */
const httpUrl = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .refine(hasNoPassword, { error: 'url-password' })

export function hasNoPassword(url: string): boolean {
  if (!URL.canParse(url)) return true
  const { username, password } = new URL(url)
  return username === '' && password === ''
}

/** A DAV account is an http(s) address; a vdir a folder by absolute path or file: URL, which only the operator may name. */
export const addAccountInput = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('dav'),
    subscriberId: z.uuid(),
    label: z.string().trim().max(100).default(''),
    url: httpUrl,
    filesUrl: httpUrl.nullable().default(null),
    username: z.string().max(300).nullable().default(null),
    password: z.string().max(1_000).nullable().default(null),
  }),
  z.object({
    kind: z.literal('vdir'),
    subscriberId: z.uuid(),
    label: z.string().trim().max(100).default(''),
    url: z
      .string()
      .min(1)
      .max(2_000)
      .refine(url => url.startsWith('/') || url.startsWith('file:///'), 'Give an absolute path or a file: URL.'),
  }),
])
export type AddAccountInput = z.input<typeof addAccountInput>
