/** What a macro's texts may name between braces: {name}. */
export const macroVariables = ['name', 'reference', 'category', 'carrier', 'kind', 'date'] as const
export type MacroVariable = (typeof macroVariables)[number]
export type MacroValues = Record<MacroVariable, string>

// Whatever stands between braces on one line: a misspelt name must be found, not left standing.
const braces = /\{([^{}\r\n]*)\}/g

const isKnown = (name: string): name is MacroVariable => (macroVariables as readonly string[]).includes(name)

/** The names that mean nothing here; braces that were opened or closed only once count too, with what is beside them. */
export function unknownIn(text: string): string[] {
  const unknown = [...text.matchAll(braces)].map(([, name = '']) => name.trim()).filter(name => !isKnown(name))
  const loose = text.replaceAll(braces, '').match(/\{.{0,20}|.{0,20}\}/g) ?? []
  return [...unknown, ...loose.map(one => one.trim())]
}

/** The text with its variables filled in. What the values say is not looked at again. */
export const fillMacro = (text: string, values: MacroValues): string =>
  text.replaceAll(braces, (whole, name: string) => {
    const known = name.trim()
    return isKnown(known) ? values[known] : whole
  })
