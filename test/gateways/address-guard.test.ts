import type { LookupAddress } from 'node:dns'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, LookupFunction } from 'node:net'
import fc from 'fast-check'
import { Client } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guardedConnector, isForbiddenAddress } from '@/gateways/address-guard'

describe('forbidden addresses', () => {
  it.each([
    ['private', '10.1.2.3'],
    ['private', '172.31.255.255'],
    ['private', '192.168.0.1'],
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['this host', '0.0.0.0'],
    ['link-local and metadata', '169.254.169.254'],
    ['shared', '100.64.0.1'],
    ['metadata in shared', '100.100.100.200'],
    ["a cloud's wire server", '168.63.129.16'],
    ['multicast', '224.0.0.251'],
    ['broadcast', '255.255.255.255'],
    ['documentation', '203.0.113.9'],
    ['loopback', '::1'],
    ['unspecified', '::'],
    ['bracketed', '[::1]'],
    ['unique local', 'fd00:ec2::254'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['multicast', 'ff02::1'],
    ['mapped', '::ffff:127.0.0.1'],
    ['mapped, in hexadecimal', '::ffff:7f00:1'],
    ['compatible', '::7f00:1'],
    ['NAT64', '64:ff9b::10.0.0.1'],
    ['local NAT64', '64:ff9b:1::1'],
    ['6to4', '2002:7f00:1::1'],
    ['Teredo', '2001:0:53aa:64c::1'],
    ['documentation', '2001:db8::1'],
    ['no address', 'example.org'],
    ['empty', ''],
  ])('refuses what is %s: %s', (_, address) => {
    expect(isForbiddenAddress(address)).toBe(true)
  })

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::808:808'])(
    'lets %s pass',
    address => {
      expect(isForbiddenAddress(address)).toBe(false)
    },
  )

  it('judges an IPv4 address alike in every notation that embeds it', () => {
    fc.assert(
      fc.property(fc.ipV4(), address => {
        const forbidden = isForbiddenAddress(address)
        expect(isForbiddenAddress(`::ffff:${address}`)).toBe(forbidden)
        expect(isForbiddenAddress(`64:ff9b::${address}`)).toBe(forbidden)
      }),
    )
  })

  it('never fails on any IPv6 address', () => {
    fc.assert(fc.property(fc.ipV6(), address => typeof isForbiddenAddress(address) === 'boolean'))
  })
})

describe('guarded connections', () => {
  let server: Server
  let port: number
  beforeAll(async () => {
    server = createServer((_, answer) => answer.end('in'))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => new Promise(resolve => server.close(resolve)))

  const get = async (url: string, allowedHosts: string[], addresses: string[] = []): Promise<string> => {
    const found: LookupAddress[] = addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 }))
    const lookup: LookupFunction = (_, options, callback) => {
      if (options.all) callback(null, found)
      else callback(null, found[0]!.address, found[0]!.family)
    }
    const connect = guardedConnector(allowedHosts, {
      timeout: 1000,
      lookup,
      refuse: host => Object.assign(new Error(host), { kind: 'forbidden-address' }),
    })
    const client = new Client(url, { connect })
    try {
      const { body } = await client.request({ path: '/', method: 'GET' })
      return await body.text()
    } finally {
      await client.destroy()
    }
  }
  const forbidden = { kind: 'forbidden-address' }

  it('refuses an address, and a name that resolves to one', async () => {
    await expect(get(`http://127.0.0.1:${port}`, [])).rejects.toMatchObject(forbidden)
    await expect(get(`http://[::ffff:127.0.0.1]:${port}`, [])).rejects.toMatchObject(forbidden)
    await expect(get(`http://0x7f.1:${port}`, [])).rejects.toMatchObject(forbidden)
    await expect(get(`http://inside.example:${port}`, [], ['127.0.0.1', '::1'])).rejects.toMatchObject(forbidden)
  })

  it('opens for a named host, with or without its port', async () => {
    await expect(get(`http://127.0.0.1:${port}`, ['127.0.0.1'])).resolves.toBe('in')
    await expect(get(`http://127.0.0.1:${port}`, [`127.0.0.1:${port}`])).resolves.toBe('in')
    await expect(get(`http://inside.example:${port}`, ['Inside.Example'], ['127.0.0.1'])).resolves.toBe('in')
    await expect(get(`http://127.0.0.1:${port}`, [`127.0.0.1:${port + 1}`])).rejects.toMatchObject(forbidden)
    await expect(get(`http://other.example:${port}`, ['inside.example', '*'], ['127.0.0.1'])).rejects.toMatchObject(
      forbidden,
    )
  })
})
