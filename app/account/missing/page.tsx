import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { missingCountsInWords } from '@/app/_shell/words'
import { Card, Quiet } from '@/app/_ui/card'
import { Page, Part } from '@/app/_ui/page'
import type { HoldingView } from '@/domain/record/find-holding'
import { readOverview } from '@/domain/record/read-overview'

interface Line {
  key: string
  text: React.ReactNode
  href?: string
}

/** What is not back, before anything else: not found, unknown, unreadable, incomplete, each with why and where to look. */
export default page('/account/missing', async visit => {
  const { t } = visit
  const overview = await readOverview(visit.actor)
  const holdings = overview.flatMap(({ newest }) => newest ?? [])
  const gone = overview.flatMap(({ category, notFound }): Line[] =>
    notFound
      ? [
          {
            key: category,
            text: t('account.missingPage.notFound', { records: t(`shell.records.${category}`, { count: notFound }) }),
          },
        ]
      : [],
  )
  const unknown = overview.flatMap(({ category, newest }): Line[] =>
    newest !== null && newest.expected === null
      ? [{ key: category, text: t('account.missingPage.unknown', { category: t(`shell.categories.${category}`) }) }]
      : [],
  )
  const linesOf = (state: 'damaged' | 'partial', more: (holding: HoldingView) => string) =>
    holdings.flatMap((holding): Line[] => {
      const count = holding[state]
      const { category, id } = holding
      const text = `${t(`shell.records.${category}`, { count })}${more(holding)}`
      return count > 0 ? [{ key: category, text, href: `/account/records/${id}?show=${state}` }] : []
    })
  const damaged = linesOf('damaged', () => '')
  const partial = linesOf(
    'partial',
    ({ missing }) => ` – ${t('account.records.missing', { fields: missingCountsInWords(visit, missing) })}`,
  )
  const title = t('account.missingPage.title')
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')} back={{ href: '/account', label: t('shell.nav.home') }}>
      <Part>
        <h1>{title}</h1>
        <p>{t('account.missingPage.lead')}</p>
      </Part>
      <Lines
        visit={visit}
        heading={t('account.missingPage.notFoundHeading')}
        text={t('account.missingPage.notFoundText')}
        lines={gone}
      />
      <Lines
        visit={visit}
        heading={t('account.missingPage.damagedHeading')}
        text={t('account.missingPage.damagedText')}
        lines={damaged}
      />
      <Lines
        visit={visit}
        heading={t('account.missingPage.partialHeading')}
        text={t('account.missingPage.partialText')}
        lines={partial}
      />
      <Lines visit={visit} heading={t('account.missingPage.unknownHeading')} lines={unknown} />
      {[gone, damaged, partial, unknown].every(lines => lines.length === 0) ? (
        <p>{t('account.missingPage.nothing')}</p>
      ) : null}
    </Page>
  )
})

function Lines({
  visit: { t },
  heading,
  text,
  lines,
}: {
  visit: Visit
  heading: string
  text?: string
  lines: Line[]
}) {
  if (lines.length === 0) return null
  return (
    <Card>
      <Part>
        <h2>{heading}</h2>
        <ul className="grid gap-2">
          {lines.map(({ key, text: line, href }) => (
            <li key={key} className="flex flex-wrap items-baseline gap-x-4">
              {href === undefined && text === undefined ? line : <strong className="num">{line}</strong>}
              {href === undefined ? null : (
                <a href={href} className="inline-flex min-h-11 items-center">
                  {t('account.missingPage.see')}
                  <span className="sr-only">: {line}</span>
                </a>
              )}
            </li>
          ))}
        </ul>
        {text === undefined ? null : <Quiet>{text}</Quiet>}
      </Part>
    </Card>
  )
}
