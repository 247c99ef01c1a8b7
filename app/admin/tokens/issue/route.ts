import { z } from 'zod'
import { withFlash } from '@/app/_shell/flash'
import { formAction } from '@/app/_shell/form-action'
import { issueToken, tokenDays } from '@/domain/access/issue-token'
import { isTokenScope } from '@/domain/access/token-scopes'
import { badInput } from '@/domain/errors'

const listed = (value: unknown) => (value === undefined ? [] : [value].flat())

export const POST = formAction('/admin/tokens/issue', {
  input: z.object({
    name: z.string({ error: 'name-missing' }).default(''),
    carrier: z.string({ error: 'no-such-carrier' }).max(200, { error: 'no-such-carrier' }).default(''),
    scopes: z.preprocess(listed, z.array(z.string({ error: 'scope-unknown' }))),
    days: z.coerce.number({ error: 'days-unknown' }),
  }),
  back: () => '/admin/tokens',
  async act({ actor }, { name, carrier, scopes, days }) {
    const known = scopes.filter(isTokenScope)
    const term = tokenDays.find(one => one === days)
    if (known.length < scopes.length) throw badInput('scopes', 'scope-unknown', 'There is no such scope.')
    if (term === undefined) throw badInput('days', 'days-unknown', 'A token works for 30, 90 or 365 days.')
    const carrierSlug = carrier === '' ? null : carrier
    const { text } = await issueToken(actor, { name, carrierSlug, scopes: known, days: term })
    return withFlash('/admin/tokens?done=made', { errors: [], values: { text: [text] } })
  },
})
