import { escapeXmlAttribute, escapeXmlText } from '@/formats/xml/xml-text'

/** Markup that is written already; a string beside it is text that still has to be escaped. */
export class Xml {
  constructor(readonly markup: string) {}
}

type Child = Xml | string | null | Child[]

/** One element. Names are ours and not checked; null among the attributes and children is left out. */
export function element(name: string, attributes: Record<string, string | number | null>, ...children: Child[]): Xml {
  let start = name
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null) start += ` ${key}="${escapeXmlAttribute(String(value))}"`
  }
  const content = children.map(write).join('')
  return new Xml(content === '' ? `<${start}/>` : `<${start}>${content}</${name}>`)
}

/** Elements that hold nothing but text, in their order; null is left out. */
export function textElements(texts: Record<string, string | null>): Xml[] {
  return Object.entries(texts).flatMap(([name, text]) => (text === null ? [] : [element(name, {}, text)]))
}

/** A whole document, to be stored as UTF-8. */
export const xmlDocument = (root: Xml): string => `<?xml version="1.0" encoding="UTF-8"?>\n${root.markup}\n`

function write(child: Child): string {
  if (child === null) return ''
  if (Array.isArray(child)) return child.map(write).join('')
  return child instanceof Xml ? child.markup : escapeXmlText(child)
}
