const typed =
  'textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button], [type=submit])'

/** The key that was pressed by itself outside of a field; null where it is somebody's typing, or the browser's. */
export function keyOf(event: KeyboardEvent): string | null {
  const { key, ctrlKey, altKey, metaKey, isComposing, defaultPrevented, repeat, target } = event
  if (ctrlKey || altKey || metaKey || isComposing || defaultPrevented || key.length !== 1) return null
  if (repeat && key !== 'j' && key !== 'k') return null
  if (target instanceof Element && target.closest(typed) !== null) return null
  return /^[a-z/?]$/.test(key) ? key : null
}

/** What the holder of a key is about: itself, or the first thing in it that can be pressed or filled in. */
export function targetOf(holder: HTMLElement): HTMLElement | null {
  const form = 'summary, a[href], button, input:not([type=hidden]), textarea, select'
  return holder.matches(form) ? holder : holder.querySelector<HTMLElement>(form)
}

const rows = (): HTMLAnchorElement[] => [...document.querySelectorAll<HTMLAnchorElement>('a[data-row]')]
const current = (all: HTMLAnchorElement[]): number =>
  all.findIndex(row => row === document.activeElement || row.closest('tr')?.contains(document.activeElement))

/** The rows of a queue, by the link of each. */
export const Row = {
  /** The focus goes down or up by one; to the first where no row has it. */
  step(by: 1 | -1): boolean {
    const all = rows()
    const at = current(all)
    const next = at === -1 ? all[by === 1 ? 0 : all.length - 1] : all[at + by]
    next?.focus()
    next?.scrollIntoView({ block: 'nearest' })
    return all.length > 0
  },

  /** False where no row has the focus. */
  open(hash = ''): boolean {
    const all = rows()
    const row = all[current(all)]
    if (row === undefined) return false
    window.location.assign(`${row.href}${hash}`)
    return true
  },
}
