import { foldLine } from '@/formats/content-lines/fold-line'
import type { ServedComponent } from './served-component'
import type { ServedLine } from './served-value'

/** A component as content lines: CRLF, folded (RFC 5545 section 3.1). */
export function writeComponent(component: ServedComponent): string {
  let text = `BEGIN:${component.name}\r\n`
  for (const line of component.lines) text += foldLine(writeLine(line))
  for (const nested of component.components) text += writeComponent(nested)
  return `${text}END:${component.name}\r\n`
}

function writeLine({ name, params, value }: ServedLine): string {
  let text = name
  for (const param of params) text += `;${param.name}=${param.values.map(paramValue).join(',')}`
  return `${text}:${value}`
}

/** Quoted where the characters ask for it, with the carets of RFC 6868. */
function paramValue(value: string): string {
  const safe = value
    .replace(/\^(?=[n'^])/gi, '^^')
    .replaceAll('"', "^'")
    .replace(/\r\n|\r|\n/g, '^n')
  return /[,;:]/.test(safe) ? `"${safe}"` : safe
}
