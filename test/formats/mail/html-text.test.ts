import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HtmlTooDeep, htmlText } from '@/formats/mail/html-text'
import { splitReply } from '@/formats/mail/split-reply'

describe('the text of an HTML mail', () => {
  it('has blocks in lines of their own, and lists and links as they read', () => {
    expect(htmlText('<p>Hello <b>you</b>,</p><p>two&nbsp;lines<br>here</p>')).toBe('Hello you,\n\ntwo lines\nhere')
    expect(htmlText('<ul><li>one</li><li>two</li></ul>')).toBe('- one\n- two')
    expect(htmlText('see <a href="https://a.example/x">this</a>')).toBe('see this <https://a.example/x>')
    expect(htmlText('<a href="https://a.example">https://a.example</a>')).toBe('https://a.example')
    expect(htmlText('<pre>a\n  b</pre>')).toBe('a\n  b')
    expect(htmlText('<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>')).toBe('a b\nc')
  })

  it('has nothing of scripts, styles and pictures, nor of addresses that are none', () => {
    const html = `<style>p{}</style><script>steal()</script><p onclick="x()">Hi<img src="https://t.example/1.gif" alt="x"></p>`
    expect(htmlText(`<head><title>T</title></head>${html}<a href="javascript:x()">there</a>`)).toBe('Hi\n\nthere')
    expect(htmlText('&lt;script&gt;x&lt;/script&gt;')).toBe('<script>x</script>')
  })

  it('marks quotes so that they can be told from what is new', () => {
    const gmail = `<div dir="ltr">It worked.</div><br><div class="gmail_quote"><div class="gmail_attr">On Mon, 23 Nov 2026 at 08:12, Homeward &lt;<a href="mailto:no-reply@homeward.example">no-reply@homeward.example</a>&gt; wrote:<br></div><blockquote><p>Did it work?</p><p>Homeward</p></blockquote></div>`
    expect(splitReply(htmlText(gmail)).said).toBe('It worked.')
    const outlook = `<div>It worked.</div><hr><div id="divRplyFwdMsg"><b>From:</b> Homeward<br><b>Sent:</b> Monday</div><div>Did it work?</div>`
    expect(splitReply(htmlText(outlook)).said).toContain('It worked.')
    expect(splitReply(htmlText(outlook)).said).not.toContain('Did it work?')
    const apple = `<html><body>Oui.<br><div><blockquote type="cite"><div>Le 23 nov. 2026 à 08:12, Homeward &lt;no-reply@homeward.example&gt; a écrit :</div><div>Ça marche ?</div></blockquote></div></body></html>`
    expect(splitReply(htmlText(apple)).said).toBe('Oui.')
  })

  it('is text for whatever is given', () => {
    const tag = fc.constantFrom(
      ...['<p>', '</p>', '<blockquote>', '</blockquote>', '<pre>', '</a>', '<a href="https://a.example">'],
    )
    const odd = fc.constantFrom(
      ...['<script>', '</script>', '<br/>', '<', '&', '&#0;', '<!--', '-->', '<li>', '\0', '<svg>', '<td>'],
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(tag, odd, fc.string()), { maxLength: 40 }), parts => {
        expect(typeof htmlText(parts.join(''))).toBe('string')
      }),
      { numRuns: 1_000 },
    )
  })

  it('is not made of elements within elements without end', () => {
    expect(() => htmlText('<div>'.repeat(100_000))).toThrow(HtmlTooDeep)
    expect(() => htmlText('<blockquote>'.repeat(100_000))).toThrow(HtmlTooDeep)
  })

  it.each([
    ['angle brackets', '<'.repeat(2_000_000)],
    ['entities', '&amp;'.repeat(500_000)],
    ['unfinished links', '<a href="https://a.example/'.repeat(100_000)],
    ['small tags', '<b>x</b>'.repeat(400_000)],
    ['breaks', '<br>'.repeat(500_000)],
    ['one word', 'x'.repeat(4_000_000)],
    ['blanks', ' '.repeat(4_000_000)],
    ['comments', '<!--'.repeat(500_000)],
    ['attributes', `<p ${'a=b '.repeat(500_000)}>x`],
  ])(
    'is made in time: %s',
    (_, html) => {
      const begun = performance.now()
      htmlText(html)
      expect(performance.now() - begun).toBeLessThan(8_000)
    },
    60_000,
  )
})
