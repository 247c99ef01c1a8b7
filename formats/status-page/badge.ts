import type { Impact } from '@/formats/status-page/page-content'
import { textWidth } from '@/formats/status-page/text-width'
import { element, type Xml } from '@/formats/xml/xml-element'

const height = 20
const padding = 6
const signWidth = 14

/** Colours that white text can be read on (contrast 4.5 and more), and a shape for those who do not tell them apart. */
const looks: Record<Impact, { colour: string; shape: string }> = {
  none: { colour: '#1a7f37', shape: 'M5 0a5 5 0 1 0 0 10a5 5 0 1 0 0-10Z' },
  minor: { colour: '#8a5a00', shape: 'M5 0L10 10L0 10Z' },
  major: { colour: '#b54708', shape: 'M5 0L10 5L5 10L0 5Z' },
  critical: { colour: '#b42318', shape: 'M0 0H10V10H0Z' },
  maintenance: { colour: '#175cd3', shape: 'M0 0H4V10H0ZM6 0H10V10H6Z' },
}
const labelColour = '#3d444d'

/**
 * A badge as an SVG image of its own: what it is about, a shape, and how it stands in words.
 * @returns The document without an XML declaration, so that it can also stand inside HTML.
 */
export function badge(label: string, message: string, impact: Impact): string {
  const { colour, shape } = looks[impact]
  const labelText = textWidth(label)
  const messageText = textWidth(message)
  const labelWidth = labelText + 2 * padding
  const width = labelWidth + padding + signWidth + messageText + padding
  const name = `${label}: ${message}`
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': name,
    },
    element('title', {}, name),
    element('rect', { width: labelWidth, height, fill: labelColour }),
    element('rect', { x: labelWidth, width: width - labelWidth, height, fill: colour }),
    element('path', { transform: `translate(${labelWidth + padding} 5)`, d: shape, fill: '#fff' }),
    words(label, padding, labelText),
    words(message, labelWidth + padding + signWidth, messageText),
  ).markup
}

/** Whatever font is there, the text is set as wide as it was measured. */
const words = (text: string, x: number, width: number): Xml =>
  element(
    'text',
    {
      x,
      y: 14,
      fill: '#fff',
      'font-family': 'Verdana,DejaVu Sans,Geneva,sans-serif',
      'font-size': 11,
      textLength: width,
      lengthAdjust: 'spacingAndGlyphs',
      'aria-hidden': 'true',
    },
    text,
  )
