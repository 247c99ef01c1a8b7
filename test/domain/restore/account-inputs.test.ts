import { expect, it } from 'vitest'
import { addAccountInput } from '@/domain/restore/account-inputs'

const subscriberId = '0192f0c1-7d3a-7c1e-8f00-3a2b1c0d9e8f'
const given = { kind: 'dav', subscriberId, username: 'ada', password: 'opens' } as const

it.each(['https://ada:opens@dav.example/', 'https://ada@dav.example/', 'https://:opens@dav.example/'])(
  'an address holds no name and no password, which would lie there unsealed: %s',
  url => {
    for (const input of [
      { ...given, url },
      { ...given, url: 'https://dav.example/', filesUrl: url },
    ])
      expect(addAccountInput.safeParse(input).error?.issues[0]?.message).toBe('url-password')
  },
)

it('an address may hold an @ elsewhere', () => {
  for (const url of ['https://dav.example/ada@people.example/', 'https://dav.example/?user=ada@people.example'])
    expect(addAccountInput.safeParse({ ...given, url }).success).toBe(true)
})
