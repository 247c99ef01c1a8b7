import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { localPath } from '@/app/_shell/origin'
import { outside } from '@/app/_shell/outside'
import { notFound } from '@/domain/errors'
import { hasNoPassword } from '@/domain/restore/account-inputs'
import { addAccount } from '@/domain/restore/add-account'

const long = { error: 'too-long' }
const address = (missing: string, form: string) =>
  z
    .string({ error: missing })
    .trim()
    .min(1, { error: missing, abort: true })
    .max(2_000, { ...long, abort: true })
    .pipe(z.url({ protocol: /^https?$/, error: form }).refine(hasNoPassword, { error: 'url-password' }))
const blank = z.literal('').transform(() => null)

/** Adds a device account after trying it. Comes back to a restore that was being asked for, with the account chosen. */
export const POST = formAction('/account/devices/new/add', {
  input: z.object({
    url: address('url-missing', 'url-form'),
    username: z.union([blank, z.string().max(300, long)]).default(null),
    password: z.union([blank, z.string().max(1_000, long)]).default(null),
    filesUrl: z.union([blank, address('files-form', 'files-form')], { error: 'files-form' }).default(null),
    label: z.string().trim().max(100, { error: 'label-long' }).default(''),
    next: z.string().default(''),
  }),
  back: ({ next }) => `/account/devices/new?next=${encodeURIComponent(localPath(String(next ?? ''), ''))}`,
  secret: ['password'],
  async act({ actor }, { next, ...input }) {
    if (actor.role !== 'subscriber') throw notFound('subscriber')
    const { subscriberId } = actor
    const { id } = await addAccount(actor, outside(), { kind: 'dav', subscriberId, ...input })
    const onward = localPath(next, '')
    if (onward === '') return `/account/devices/${id}`
    const url = new URL(onward, 'http://here.invalid')
    url.searchParams.set('account', id)
    return `${url.pathname}${url.search}`
  },
})
