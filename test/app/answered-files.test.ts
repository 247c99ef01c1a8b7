import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { NextRequest } from 'next/server'
import { describe, expect, it } from 'vitest'
import { attachment } from '@/app/_shell/data-route'
import { proxy } from '@/proxy'

const app = path.join(process.cwd(), 'app')
const routes = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .map(file => file.split(path.sep).join('/'))
  .filter(file => file.endsWith('/route.ts'))
  .map(file => ({ file, text: readFileSync(path.join(app, file), 'utf8') }))
const addressOf = (text: string): string | undefined => /dataRoute\(\s*'([^']+)'/.exec(text)?.[1]
const answering = routes.flatMap(({ file, text }) => {
  const address = addressOf(text)
  return address === undefined ? [] : [{ file, text, address }]
})

/** What is sent as it happens, and mails in a frame, which have a policy of their own. */
const streams = new Set(['/account/restores/[id]/events'])
const framed = new Set(['/demo/mail/[mail]/body', '/carrier/notices/[id]/preview/mail'])

const policyOf = (address: string): string | null =>
  proxy(new NextRequest(`http://portal.test${address.replaceAll(/\[[^\]]+\]/g, '0')}`)).headers.get(
    'content-security-policy',
  )

describe('every route that answers a file', () => {
  it('is known', () => {
    expect(answering.length).toBeGreaterThan(4)
  })

  it.each(answering)('$address lets nothing of it run where a browser opens it by itself', ({ address }) => {
    const policy = policyOf(address)
    if (framed.has(address)) expect(policy).toBeNull()
    else if (streams.has(address)) expect(policy).toContain("default-src 'none'; script-src 'nonce-")
    else expect(policy).toMatch(/^default-src 'none';.*frame-ancestors 'none'; sandbox$/)
  })

  it('is sent under no type that a browser runs or shows, but for the pictures that we draw ourselves', () => {
    for (const { file, text } of routes.filter(one => one.text.includes('content-disposition'))) {
      expect(text, file).toMatch(/'content-type': 'application\/(octet-stream|zip)'/)
      expect(text, file).toMatch(/'content-disposition': attachment\(/)
    }
  })

  it('is the only way in which one is answered: no other route sets a disposition of its own', () => {
    const others = routes.filter(({ text }) => addressOf(text) === undefined && /content-disposition/i.test(text))
    expect(others.map(({ file }) => file)).toEqual([])
  })

  it('has every table made safe for spreadsheets', () => {
    const tables = routes.filter(({ text }) => /csv-stringify/.test(text))
    expect(tables.length).toBeGreaterThan(0)
    for (const { file, text } of tables) expect(text, file).toContain('escape_formulas: true')
  })
})

describe('the name of a download', () => {
  it.each([
    'a"; filename="run.html',
    'a\r\nSet-Cookie: ran=1',
    "x'; filename*=UTF-8''y.html",
    'a\\"b',
    'été\u202e.jpg',
    '日本',
  ])('%j ends no header and begins no other parameter', name => {
    const header = attachment(name)
    expect(header).toMatch(
      /^attachment; filename="[\x20\x21\x23-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[\w!#$&+.^`|~%-]+$/,
    )
    expect(new Headers({ 'content-disposition': header }).get('content-disposition')).toBe(header)
  })
})
