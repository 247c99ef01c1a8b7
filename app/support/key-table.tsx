import type { Visit } from '@/app/_shell/visit'

const keys = [
  ['j', 'j'],
  ['k', 'k'],
  ['o', 'o'],
  ['n', 'n'],
  ['t', 't'],
  ['a', 'a'],
  ['d', 'd'],
  ['h', 'h'],
  ['m', 'm'],
  ['c', 'c'],
  ['/', 'search'],
  ['?', 'help'],
] as const

/** Every key of the console and what it does. */
export function KeyTable({ visit: { t } }: { visit: Visit }) {
  return (
    <table className="w-full border-collapse">
      <caption className="sr-only">{t('atHand.keys.title')}</caption>
      <thead>
        <tr className="border-line-strong border-b text-left text-note text-quiet">
          <th scope="col" className="w-20 py-1 font-semibold">
            {t('atHand.keys.key')}
          </th>
          <th scope="col" className="py-1 font-semibold">
            {t('atHand.keys.act')}
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map(([key, name]) => (
          <tr key={key} className="border-line border-b last:border-0">
            <th scope="row" className="py-1 text-left font-normal">
              <kbd className="num inline-flex min-w-7 justify-center rounded-md border border-line-strong px-1.5 font-semibold">
                {key}
              </kbd>
            </th>
            <td className="py-1">{t(`atHand.keys.list.${name}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
