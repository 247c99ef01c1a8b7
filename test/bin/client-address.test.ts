import { describe, expect, it } from 'vitest'
import { clientAddress, networkOfAddress, trustedProxies } from '@/bin/client-address.mjs'

const outsider = '203.0.113.9'
const proxies = '192.0.2.80/30, 10.0.0.0/8, 127.0.0.1, ::1, 192.168.0.0/16'

describe('who asks', () => {
  it.each([
    ['says nothing of itself where it comes from outside', outsider, '198.51.100.1', outsider],
    ['is what a proxy on a private network saw', '10.0.0.2', outsider, outsider],
    ['is not what stands left of that, written by whoever asks', '10.0.0.2', `198.51.100.1, ${outsider}`, outsider],
    ['is seen through several proxies', '127.0.0.1', `198.51.100.1, ${outsider}, 10.1.1.1, 192.168.3.4`, outsider],
    ['is seen through a proxy that was named', '192.0.2.80', `${outsider}, 192.0.2.81`, outsider],
    ['is the one before nonsense', '10.0.0.2', `${outsider}, <script>`, '10.0.0.2'],
    ['is inside where all of it is', '127.0.0.1', '10.0.0.7', '10.0.0.7'],
    ['is IPv4 although written as IPv6', '::ffff:203.0.113.9', undefined, outsider],
    ['may come with port and brackets', '::1', '[2001:db8::1]:443', '2001:db8::1'],
    ['is nobody where there is no connection any more', undefined, '198.51.100.1', 'unknown'],
    ['is this machine itself', '127.0.0.1', undefined, null],
    ['is this machine itself, by its other address', '::1', '', null],
  ])('%s', (_, socket, forwarded, address) => {
    expect(clientAddress(socket, forwarded, trustedProxies(proxies))).toBe(address)
  })

  it('is read from the header however often it is sent', () => {
    expect(clientAddress('10.0.0.2', ['198.51.100.1', outsider], trustedProxies(proxies))).toBe(outsider)
  })

  it('says nothing of itself where no proxy was named and none has to be there', () => {
    const nobody = trustedProxies('', 'http://localhost:3000')
    expect(clientAddress('127.0.0.1', outsider, nobody)).toBe('127.0.0.1')
    expect(clientAddress('10.0.0.2', outsider, nobody)).toBe('10.0.0.2')
    expect(clientAddress('127.0.0.1', undefined, nobody)).toBeNull()
    const one = trustedProxies('192.0.2.80', 'https://restore.example.com')
    expect(clientAddress('10.0.0.2', outsider, one)).toBe('10.0.0.2')
    expect(clientAddress('192.0.2.80', `${outsider}, 10.0.0.2`, one)).toBe('10.0.0.2')
  })

  it('is what a proxy on a private network saw where people come by https: something has to end it', () => {
    const behind = trustedProxies('', 'https://restore.example.com')
    for (const socket of ['127.0.0.1', '::1', '10.0.0.2', '172.18.0.1', 'fd00::1', 'fe80::1%eth0', '100.64.0.1'])
      expect(clientAddress(socket, `198.51.100.1, ${outsider}, 192.168.1.1`, behind)).toBe(outsider)
    expect(clientAddress('198.51.100.9', outsider, behind)).toBe('198.51.100.9')
  })
})

describe('what counts together', () => {
  it.each([
    [null, 'local'],
    [outsider, outsider],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s is of %s', (address, network) => {
    expect(networkOfAddress(address)).toBe(network)
  })
})

it.each(['10.0.0.0/99', 'proxy.example', '::/0', '10.0.0.1/x'])('%s is no proxy that can be trusted', text => {
  expect(() => trustedProxies(text)).toThrow(/TRUSTED_PROXIES/)
})
it('takes a list with spaces, or nothing', () => {
  expect(trustedProxies(' 10.0.0.1 , 2001:db8::/32,').check('2001:db8::5', 'ipv6')).toBe(true)
  expect(() => trustedProxies()).not.toThrow()
})
