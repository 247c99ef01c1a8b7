import { existsSync } from 'node:fs'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { createTransport } from 'nodemailer'
import { expect, it } from 'vitest'
import { s3Client } from '@/gateways/s3-client'
import { startModDav } from '@/test/support/mod-dav'
import { describeWith } from '@/test/support/programs'
import { startRadicale } from '@/test/support/radicale'
import { startRedis } from '@/test/support/redis'
import { startSmtp } from '@/test/support/smtp'
import { startSwift } from '@/test/support/swift'
import { startXandikos } from '@/test/support/xandikos'

const basic = (username: string, password: string) => ({ authorization: `Basic ${btoa(`${username}:${password}`)}` })
const propfind = (url: string, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'PROPFIND', headers: { depth: '0', ...headers } })

describeWith(['radicale'], 'Radicale', () => {
  it('knows its users and nobody else, and leaves nothing behind', async () => {
    const server = await startRadicale()
    const { url, username, password } = server
    expect((await propfind(`${url}${username}/`, basic(username, password))).status).toBe(207)
    expect((await propfind(`${url}${username}/`, basic(username, 'wrong'))).status).toBe(401)
    await server.stop()
    expect(existsSync(server.folder)).toBe(false)
    await expect(propfind(url)).rejects.toThrow()
  })
})

describeWith(['xandikos'], 'Xandikos', () => {
  it('has a principal with an address book', async () => {
    const server = await startXandikos()
    expect((await propfind(`${server.principalUrl}contacts/addressbook/`)).status).toBe(207)
    await server.stop()
  })
})

describeWith(['python3-swift'], 'Swift', () => {
  it('speaks S3 as it does, on this machine alone, and leaves nothing behind', async () => {
    const server = await startSwift()
    await server.makeBucket('bucket')
    const client = s3Client(server.settings)
    const put = (condition: object) =>
      client.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'a', Body: 'a', ...condition }))
    await put({})
    await expect(put({ IfNoneMatch: '*' })).rejects.toThrow(/not supported/)
    client.destroy()
    await server.stop()
    expect(existsSync(server.folder)).toBe(false)
    await expect(fetch(server.settings.endpoint ?? '')).rejects.toThrow()
  })
})

describeWith(['apache2'], 'Apache mod_dav', () => {
  it('stores a file once', async () => {
    const server = await startModDav()
    const headers = { ...basic(server.username, server.password), 'if-none-match': '*' }
    const put = () => fetch(`${server.url}a.jpg`, { method: 'PUT', headers, body: 'bytes' })
    expect([(await put()).status, (await put()).status]).toEqual([201, 412])
    expect(existsSync(`${server.files}/a.jpg`)).toBe(true)
    expect((await fetch(`${server.url}a.jpg`)).status).toBe(401)
    await server.stop()
  })
})

describeWith(['redis-server'], 'Redis', () => {
  it('starts and stops', async () => {
    const server = await startRedis()
    await server.stop()
    expect(existsSync(server.folder)).toBe(false)
  })
})

it('receives mail', async () => {
  const server = await startSmtp()
  const transport = createTransport(server.url)
  const message = { from: 'portal@example.org', to: 'nora@example.com', subject: 'Été', text: 'Bonjour' }
  await transport.sendMail(message)
  expect(server.messages.map(({ to, mail }) => [to, mail.subject])).toEqual([[['nora@example.com'], 'Été']])
  server.refuseWith({ code: 452, message: 'later' })
  await expect(transport.sendMail(message)).rejects.toThrow('later')
  transport.close()
  await server.stop()
})
