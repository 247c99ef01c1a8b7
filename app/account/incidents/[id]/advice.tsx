import type { Visit } from '@/app/_shell/visit'
import { Quiet } from '@/app/_ui/card'
import { Disclosure } from '@/app/_ui/disclosure'
import { StandingIcon } from '@/app/_ui/icon'
import { Part } from '@/app/_ui/page'
import { spoken } from '@/app/account/spoken'
import type { Advice } from '@/domain/incident/advice'

/** What to do and not to do, as it holds for this person: the first of what is long. */
export function OwnAdviceBox({ visit, advice }: { visit: Visit; advice: Advice | null }) {
  if (advice === null) return null
  return (
    <section className="keep rounded-card border-2 border-current bg-you-tint p-4 text-you">
      <div className="flex gap-3">
        <StandingIcon standing="you" className="mt-1 size-6" />
        <div className="grid min-w-0 gap-3 text-ink">
          <h2>{visit.t('statusPage.advice.heading')}</h2>
          <AdviceLines visit={visit} advice={advice} />
        </div>
      </div>
    </section>
  )
}

function AdviceLines({ visit, advice }: { visit: Visit; advice: Advice }) {
  const { t, dates, language } = visit
  const { version, publishedAt } = advice
  const parts = [
    { key: 'doNot', lines: advice.doNots[language] },
    { key: 'does', lines: advice.does[language] },
  ] as const
  return (
    <>
      {parts.map(({ key, lines }) =>
        lines.length === 0 ? null : (
          <div key={key}>
            <p className="font-semibold">{t(`statusPage.advice.${key}`)}</p>
            <ul className="list-disc pl-5">
              {lines.map(line => (
                <li key={line}>{spoken(visit, { en: line, fr: line })}</li>
              ))}
            </ul>
          </div>
        ),
      )}
      <Quiet>{t('statusPage.advice.version', { version: String(version), moment: dates.moment(publishedAt) })}</Quiet>
    </>
  )
}

/** What was advised before to this person and those like them, as it was given. */
export function EarlierAdvice({ visit, advice }: { visit: Visit; advice: Advice[] }) {
  const { t } = visit
  if (advice.length === 0) return null
  return (
    <Part>
      <Disclosure summary={t('statusPage.advice.earlier')}>
        <ul className="grid gap-6">
          {advice.map(one => (
            <li key={one.id} className="grid gap-2">
              {one.does.en.length + one.doNots.en.length === 0 ? <p>{t('statusPage.advice.ended')}</p> : null}
              <AdviceLines visit={visit} advice={one} />
            </li>
          ))}
        </ul>
      </Disclosure>
    </Part>
  )
}
