import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  escapeMarkdown,
  fillVariables,
  findVariables,
  noticeValues,
  noticeVariables,
  unknownVariables,
} from '@/domain/notice/notice-text'
import { markdownToHtml } from '@/formats/markdown/to-html'

const about = {
  name: 'Maya',
  carrierName: 'Harbor',
  incident: { titleEn: 'Outage', titleFr: 'Panne' },
  portalUrl: 'https://portal.example/my_data_now',
  number: 12,
}

describe('variables', () => {
  it('are found once each, spaces or not', () => {
    expect(findVariables('{{a}} {{ b }} {{a}} {c} {{}}')).toEqual(['a', 'b', ''])
    expect(findVariables('{{a\n}}')).toEqual([])
  })

  it.each([
    ['Hello {{subscriber.name}} of {{ carrier.name }}', []],
    ['{{Subscriber.name}}', ['Subscriber.name']],
    ['{{subscriber.name}', ['{{subscriber.name}']],
    ['subscriber.name}}', ['subscriber.name}}']],
    ['{{subscriber.\nname}}', ['{{subscriber.', 'name}}']],
    ['{{{{subscriber.name}}}}', ['{{}}']],
    ['{{}}', ['']],
    ['{one} {two} } {', []],
    ['{{constructor}} {{__proto__}}', ['constructor', '__proto__']],
  ])('in %j that mean nothing: %j', (text, unknown) => {
    expect(unknownVariables(text)).toEqual(unknown)
  })

  it('are filled in each language', () => {
    const all = noticeVariables.map(name => `{{${name}}}`).join(' ')
    expect(fillVariables(all, noticeValues('en', about))).toBe(
      'Maya Harbor Outage https://portal.example/my_data_now 12',
    )
    expect(fillVariables(all, noticeValues('fr', about))).toContain('Panne')
    const nobody = { ...about, name: null, incident: null }
    expect(fillVariables('{{subscriber.name}}-{{incident.title}}', noticeValues('en', nobody))).toBe('subscriber-')
    expect(fillVariables('{{subscriber.name}}', noticeValues('fr', nobody))).toBe('abonné')
    expect(fillVariables('{{nothing}} {{toString}}', noticeValues('en', about))).toBe('{{nothing}} {{toString}}')
  })

  it('are not filled in twice', () => {
    const values = noticeValues('en', { ...about, name: '{{carrier.name}} $& $1' })
    expect(fillVariables('{{subscriber.name}}', values)).toBe('{{carrier.name}} $& $1')
  })

  it('are words in Markdown whatever they hold, but for our own address', () => {
    const name = '[click](https://evil.example) **x** <b>\n# y'
    const values = noticeValues('en', { ...about, name })
    const html = markdownToHtml(
      fillVariables('Hello {{subscriber.name}}, see [yours]({{portal.url}})', values, escapeMarkdown),
    )
    expect(html).not.toMatch(/evil\.example"|<strong>|<b>|<h\d/)
    expect(html).toContain('href="https://portal.example/my_data_now"')
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), text => {
        const shown = markdownToHtml(`x${escapeMarkdown(text)}x`)
        expect(shown.match(/<[^>]*>/g)).toEqual(['<p>', '</p>'])
      }),
    )
  })
})
