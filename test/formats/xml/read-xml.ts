import { SaxesParser } from 'saxes'

/** An element as a namespace-aware parser sees it; names are without prefix. */
export interface XmlElement {
  name: string
  namespace: string
  attributes: Record<string, string>
  children: XmlElement[]
  /** The text right inside. */
  text: string
}

/** Reads a whole document; what is not well-formed is an error. */
export function readXml(document: string): XmlElement {
  const root: XmlElement = { name: '', namespace: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', tag => {
    const attributes = Object.entries(tag.attributes).map(([name, { value }]) => [name, value])
    const element = {
      name: tag.local,
      namespace: tag.uri,
      attributes: Object.fromEntries(attributes) as Record<string, string>,
      children: [],
      text: '',
    }
    open.at(-1)!.children.push(element)
    open.push(element)
  })
  parser.on('text', text => {
    open.at(-1)!.text += text
  })
  parser.on('closetag', () => {
    open.pop()
  })
  parser.write(document).close()
  return root.children[0]!
}

export const childrenNamed = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter(child => child.name === name)

/** The text of the one child of that name. */
export function textOf(element: XmlElement, name: string): string {
  const [child, ...more] = childrenNamed(element, name)
  if (child === undefined || more.length > 0) throw new Error(`${element.name} has ${more.length} more ${name}`)
  return child.text
}
