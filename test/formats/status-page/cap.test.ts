import { spawnSync } from 'node:child_process'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capAlert, capFile } from '@/formats/status-page/cap'
import { capIndex, capIndexPath } from '@/formats/status-page/cap-index'
import type { AlertContent } from '@/formats/status-page/page-content'
import { describeWith } from '@/test/support/programs'
import { childrenNamed, readXml, textOf } from '../xml/read-xml'
import { alert, at, page } from './page-fixture'

const sender = 'alerts@status.example.com'
const follower = alert('alert-2', {
  messageType: 'Update',
  references: [
    { id: 'alert-0', sentAt: at('10T08:00:00') },
    { id: 'alert-1', sentAt: at('10T09:00:00') },
  ],
})

describe('an alert in CAP', () => {
  it('says who, when, what and to whom, in the order of the standard', () => {
    const root = readXml(capAlert(follower, sender))
    expect(root).toMatchObject({ name: 'alert', namespace: 'urn:oasis:names:tc:emergency:cap:1.2' })
    expect(root.children.slice(0, 7).map(({ name, text }) => [name, text])).toEqual([
      ['identifier', 'alert-2'],
      ['sender', sender],
      ['sent', '2009-10-10T10:00:00+00:00'],
      ['status', 'Actual'],
      ['msgType', 'Update'],
      ['scope', 'Public'],
      ['references', `${sender},alert-0,2009-10-10T08:00:00+00:00 ${sender},alert-1,2009-10-10T09:00:00+00:00`],
    ])
  })

  it('says it once for each language', () => {
    const [english, french] = childrenNamed(readXml(capAlert(alert('a'), sender)), 'info')
    expect(english!.children.map(({ name, text }) => [name, text])).toEqual([
      ['language', 'en'],
      ['category', 'Infra'],
      ['event', 'Data outage'],
      ['responseType', 'Monitor'],
      ['urgency', 'Immediate'],
      ['severity', 'Severe'],
      ['certainty', 'Observed'],
      ['effective', '2009-10-10T10:00:00+00:00'],
      ['onset', '2009-10-02T05:00:00+00:00'],
      ['expires', '2009-10-11T10:00:00+00:00'],
      ['senderName', 'Example Mobile'],
      ['headline', 'Do not remove the battery'],
      ['description', 'Contacts & calendars\nmay be lost.'],
      ['instruction', 'Keep it <on>.'],
      ['web', 'https://status.example.com/en/incidents/a?b=1&c=2'],
      ['area', ''],
    ])
    expect(textOf(english!.children.at(-1)!, 'areaDesc')).toBe('Subscribers of Example Mobile')
    expect(textOf(french!, 'language')).toBe('fr')
    expect(textOf(french!, 'event')).toBe('Panne de données')
    expect(childrenNamed(french!, 'instruction')).toEqual([])
  })

  it('leaves out what nobody knows, and says what is only a test', () => {
    const root = readXml(capAlert(alert('a', { isTest: true, onset: null, expires: null }), sender))
    expect(textOf(root, 'status')).toBe('Test')
    expect(childrenNamed(root, 'references')).toEqual([])
    const names = childrenNamed(root, 'info')[0]!.children.map(({ name }) => name)
    expect(names).not.toContain('onset')
    expect(names).not.toContain('expires')
  })

  it.each([
    ['Alert', 'Immediate', 'Monitor'],
    ['Update', 'Past', 'AllClear'],
    ['Cancel', 'Unknown', 'None'],
    ['Cancel', 'Past', 'AllClear'],
  ] as const)('of type %s and urgency %s asks for the response %s', (messageType, urgency, response) => {
    const root = readXml(capAlert(alert('a', { messageType, urgency }), sender))
    expect(textOf(childrenNamed(root, 'info')[0]!, 'responseType')).toBe(response)
  })

  it('has a name, a sender and a path without what must not be in them', () => {
    const odd = alert(' a, b<c&d/../e ')
    const root = readXml(capAlert(odd, 'Our host, <x>'))
    expect([textOf(root, 'identifier'), textOf(root, 'sender')]).toEqual(['a-b-c-d/../e', 'Our-host-x>'])
    expect(capFile(odd, sender)).toEqual({ path: '/cap/-a--b-c-d-..-e-.xml', body: capAlert(odd, sender) })
  })
})

describe('the index of alerts', () => {
  const alerts = [follower, alert('alert 1', { sentAt: at('10T09:00:00') })]
  const feed = readXml(capIndex(alerts, page({ language: 'fr' }), 'Alerts & more'))

  it('links each one, in the words of its language', () => {
    expect(capIndexPath).toBe('/cap/index.atom')
    expect(feed).toMatchObject({
      name: 'feed',
      namespace: 'http://www.w3.org/2005/Atom',
      attributes: { 'xml:lang': 'fr' },
    })
    expect(feed.children.slice(0, 3).map(({ name, text }) => [name, text])).toEqual([
      ['id', 'tag:status.example.com,2005:/cap/index'],
      ['title', 'Alerts & more'],
      ['updated', '2009-10-10T12:00:00.500Z'],
    ])
    expect(textOf(childrenNamed(feed, 'author')[0]!, 'name')).toBe('Homeward')
    expect(childrenNamed(feed, 'link')[0]!.attributes).toEqual({
      rel: 'self',
      type: 'application/atom+xml',
      href: 'https://status.example.com/cap/index.atom',
    })
    const entries = childrenNamed(feed, 'entry')
    expect(entries.map(each => textOf(each, 'id'))).toEqual([
      'tag:status.example.com,2005:Alert/alert-2',
      'tag:status.example.com,2005:Alert/alert%201',
    ])
    expect(entries[1]!.children.map(({ name, text }) => [name, text])).toEqual([
      ['id', 'tag:status.example.com,2005:Alert/alert%201'],
      ['title', 'Ne retirez pas la batterie'],
      ['published', '2009-10-10T09:00:00.000Z'],
      ['updated', '2009-10-10T09:00:00.000Z'],
      ['link', ''],
      ['summary', 'Des contacts peuvent être perdus.'],
    ])
    expect(childrenNamed(entries[1]!, 'link')[0]!.attributes).toEqual({
      rel: 'alternate',
      type: 'application/cap+xml',
      href: 'https://status.example.com/cap/alert-1.xml',
    })
  })

  it('takes another language rather than none, and says how old it is where there is no alert', () => {
    const [english] = follower.texts
    const only = readXml(capIndex([alert('a', { texts: [english!] })], page({ language: 'fr' }), 'Alerts'))
    expect(textOf(childrenNamed(only, 'entry')[0]!, 'title')).toBe('Do not remove the battery')
    expect(textOf(readXml(capIndex([], page(), 'Alerts')), 'updated')).toBe('2009-10-10T12:00:00.500Z')
  })
})

describeWith(['xmllint'], 'the schema of CAP 1.2', () => {
  const schema = path.resolve('test/formats/status-page/cap-1.2.xsd')
  const complaints = (document: string): string => {
    const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', schema, '-'], {
      input: document,
      encoding: 'utf8',
    })
    return status === 0 ? '' : stderr
  }

  it.each([
    ['an alert', alert('a')],
    ['an update', follower],
    [
      'a cancellation of a test, of which little is known',
      alert('c', { messageType: 'Cancel', isTest: true, onset: null, expires: null }),
    ],
    ['an alert with an odd name', alert('a, b <c> & d')],
  ] as [string, AlertContent][])('takes %s', (_, content) => {
    expect(complaints(capAlert(content, sender))).toBe('')
  })

  it('takes any text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 })
    fc.assert(
      fc.property(text, text, fc.string({ unit: 'binary', minLength: 1 }), (headline, description, id) => {
        const [first] = alert('a').texts
        const content = alert(`x${id}`, { texts: [{ ...first!, headline, description }] })
        expect(complaints(capAlert(content, sender))).toBe('')
      }),
      { numRuns: 20 },
    )
  })

  it.each([
    ['Z for UTC', /\+00:00<\/sent>/, 'Z</sent>'],
    ['parts of seconds', /\+00:00<\/sent>/, '.5+00:00</sent>'],
    ['a status of its own', />Actual</, '>Real<'],
    ['a space in the sender', /<sender>/, '<sender>the '],
    ['another order', /(<scope>Public<\/scope>)(<references>.*<\/references>)/, '$2$1'],
    ['a reference without its time', /,2009-10-10T08:00:00\+00:00 /, ' '],
    ['an alert without urgency', /<urgency>Immediate<\/urgency>/, ''],
  ])('refuses %s', (_, found, instead) => {
    const document = capAlert(follower, sender)
    expect(document).toMatch(found)
    expect(complaints(document.replace(found, instead))).not.toBe('')
  })
})
