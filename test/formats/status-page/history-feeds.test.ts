import { describe, expect, it } from 'vitest'
import { historyAtom } from '@/formats/status-page/atom'
import { historyRss } from '@/formats/status-page/rss'
import { childrenNamed, readXml, textOf } from '../xml/read-xml'
import { at, incident, maintenance, page, update, words } from './page-fixture'

const content = page({
  incidents: [
    incident(9, {
      title: 'Contacts <lost> & \u0007found',
      status: 'resolved',
      updates: [
        update('second', { status: 'resolved', bodyHtml: '<p>All is well.</p>\n<p>Thanks.</p>' }),
        update('first'),
      ],
    }),
    maintenance(8, { updatedAt: at('12T00:00:00') }),
  ],
})
const said =
  '<p><small>on &lt;2009-10-10T09:00&gt;</small><br><strong>Resolved</strong> - All is well.<br><br>Thanks.</p>' +
  '<p><small>on &lt;2009-10-10T09:00&gt;</small><br><strong>Investigating</strong> - We look at <strong>first</strong>.</p>'

describe('the history as Atom', () => {
  const feed = readXml(historyAtom(content, words))
  const [entry] = childrenNamed(feed, 'entry')
  const atom = 'http://www.w3.org/2005/Atom'

  it('names itself, its page, its author and its language', () => {
    expect(feed).toMatchObject({ name: 'feed', namespace: atom, attributes: { 'xml:lang': 'en' } })
    expect(textOf(feed, 'id')).toBe('tag:status.example.com,2005:/history')
    expect(textOf(feed, 'title')).toBe('Homeward: history & more')
    expect(textOf(childrenNamed(feed, 'author')[0]!, 'name')).toBe('Homeward')
    expect(childrenNamed(feed, 'link').map(({ attributes }) => attributes)).toEqual([
      { rel: 'alternate', type: 'text/html', href: 'https://status.example.com/en' },
      { rel: 'self', type: 'application/atom+xml', href: 'https://status.example.com/history.atom' },
    ])
  })

  it('says how old the whole of it is, which moves no entry', () => {
    expect(textOf(feed, 'updated')).toBe('2009-10-10T12:00:00.500Z')
    const later = readXml(historyAtom({ ...content, updatedAt: at('13T00:00:00') }, words))
    expect(textOf(later, 'updated')).toBe('2009-10-13T00:00:00.000Z')
    expect(childrenNamed(later, 'entry')).toEqual(childrenNamed(feed, 'entry'))
  })

  it('has an entry for each incident and maintenance', () => {
    expect(childrenNamed(feed, 'entry').map(each => textOf(each, 'id'))).toEqual([
      'tag:status.example.com,2005:Incident/9',
      'tag:status.example.com,2005:Incident/8',
    ])
    expect(textOf(entry!, 'title')).toBe('Contacts <lost> & found')
    expect(textOf(entry!, 'published')).toBe('2009-10-10T08:00:00.000Z')
    expect(textOf(entry!, 'updated')).toBe('2009-10-10T11:00:00.250Z')
    expect(childrenNamed(entry!, 'link').map(({ attributes }) => attributes)).toEqual([
      { rel: 'alternate', type: 'text/html', href: 'https://status.example.com/en/incidents/slug-9' },
    ])
  })

  it('tells the updates as escaped HTML, the newest first', () => {
    expect(childrenNamed(entry!, 'content')[0]).toMatchObject({
      attributes: { type: 'html' },
      children: [],
      text: said,
    })
  })

  it('says of an update that it was entered afterwards, and of what it puts right', () => {
    const corrects = { number: 1, reason: 'it was <wrong>' }
    const one = incident(1, { updates: [update('late', { backfilled: true, corrects })] })
    const [late] = childrenNamed(readXml(historyAtom(page({ incidents: [one] }), words)), 'entry')
    expect(textOf(late!, 'content')).toBe(
      '<p><small>on &lt;2009-10-10T09:00&gt;</small><br><small>entered on 2009-10-10</small><br>' +
        '<small>puts 1 right: it was &lt;wrong&gt;</small><br>' +
        '<strong>Investigating</strong> - We look at <strong>late</strong>.</p>',
    )
  })

  it('is read by a client that takes the first strong word for the state', () => {
    const states = childrenNamed(feed, 'entry').map(
      each => /<strong>(.*?)<\/strong>/.exec(textOf(each, 'content'))?.[1],
    )
    expect(states).toEqual(['Resolved', undefined])
  })

  it('keeps its ids in another language, on a port and at a path', () => {
    const french = readXml(
      historyAtom({ ...content, language: 'fr', url: 'http://localhost:3000' }, words, '/fr/history.atom'),
    )
    expect(textOf(french, 'id')).toBe('tag:localhost,2005:/fr/history')
    expect(textOf(childrenNamed(french, 'entry')[0]!, 'id')).toBe('tag:localhost,2005:Incident/9')
    expect(childrenNamed(french, 'link')[1]!.attributes.href).toBe('http://localhost:3000/fr/history.atom')
  })

  it('says so without entries too', () => {
    expect(textOf(readXml(historyAtom(page(), words)), 'updated')).toBe('2009-10-10T12:00:00.500Z')
  })

  it('holds the latest 50', () => {
    const many = page({ incidents: Array.from({ length: 60 }, (_, index) => incident(60 - index)) })
    const ids = childrenNamed(readXml(historyAtom(many, words)), 'entry').map(each => textOf(each, 'id'))
    expect([ids.length, ids[0], ids[49]]).toEqual([
      50,
      'tag:status.example.com,2005:Incident/60',
      'tag:status.example.com,2005:Incident/11',
    ])
  })

  it.each([
    ['<ul><li>one</li><li>two</li></ul>', '• one<br>• two'],
    ['<p>a</p>\n<ul><li>one<ul><li>deep</li></ul></li></ul>\n<p>b</p>', 'a<br>• one<br>• deep<br><br>b'],
    ['<ol start="3"><li><p>x</p><p>y</p></li></ol>', '• x<br><br>y'],
    ['<h3>Head</h3>\n<blockquote><p>quoted<br />more</p></blockquote>', 'Head<br><br>quoted<br>more'],
    ['<pre><code>a\nb</code></pre>', '<code>a<br>b</code>'],
  ])('puts %s in one paragraph', (bodyHtml, line) => {
    const one = page({ incidents: [incident(1, { updates: [update('a', { bodyHtml })] })] })
    const [told] = childrenNamed(readXml(historyAtom(one, words)), 'entry')
    expect(textOf(told!, 'content')).toContain(`<strong>Investigating</strong> - ${line}</p>`)
  })
})

describe('the history as RSS', () => {
  const rss = readXml(historyRss(content, words))
  const channel = rss.children[0]!

  it('names itself, its page and its language', () => {
    expect(rss).toMatchObject({ name: 'rss', attributes: { version: '2.0' } })
    expect(channel.children.slice(0, 6).map(({ name, text }) => [name, text])).toEqual([
      ['title', 'Homeward: history & more'],
      ['link', 'https://status.example.com/en'],
      ['description', 'Homeward: history & more'],
      ['language', 'en'],
      ['lastBuildDate', 'Sat, 10 Oct 2009 12:00:00 GMT'],
      ['link', ''],
    ])
    expect(channel.children[5]).toMatchObject({
      namespace: 'http://www.w3.org/2005/Atom',
      attributes: { rel: 'self', type: 'application/rss+xml', href: 'https://status.example.com/history.rss' },
    })
  })

  it('has an item for each incident and maintenance', () => {
    const items = childrenNamed(channel, 'item')
    expect(items).toHaveLength(2)
    expect(items[0]!.children.map(({ name, text }) => [name, text])).toEqual([
      ['title', 'Contacts <lost> & found'],
      ['link', 'https://status.example.com/en/incidents/slug-9'],
      ['description', said],
      ['pubDate', 'Sat, 10 Oct 2009 11:00:00 GMT'],
      ['guid', 'tag:status.example.com,2005:Incident/9'],
    ])
    expect(items[0]!.children[4]!.attributes).toEqual({ isPermaLink: 'false' })
  })

  it('says how old it is without items too', () => {
    expect(textOf(readXml(historyRss(page(), words)).children[0]!, 'lastBuildDate')).toBe(
      'Sat, 10 Oct 2009 12:00:00 GMT',
    )
  })
})
