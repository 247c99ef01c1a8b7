import type { Visit } from '@/app/_shell/visit'
import { Card } from '@/app/_ui/card'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { Part } from '@/app/_ui/page'
import { Prose } from '@/app/_ui/prose'
import { StandingTag } from '@/app/_ui/standing'
import { phaseOf } from '@/app/admin/incidents/incident-words'
import type { SaidByForm } from '@/app/admin/incidents/statement-form'
import { isOver } from '@/domain/incident/incident-status'
import type { StatementPreview } from '@/domain/incident/preview-statement'
import type { Both } from '@/domain/incident/public-status'
import { dates as datesIn } from '@/messages/dates'
import { translator } from '@/messages/translate'

type Said = SaidByForm & { reason: Both | null }

interface Props {
  visit: Visit
  title: Both
  said: Said
  preview: StatementPreview
  components: { id: string; name: Both }[]
}

/** A statement as it will be read, in both languages side by side. */
export function Languages({ visit, title, said, preview }: Omit<Props, 'components'>) {
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2 [&>*]:min-w-0">
      {(['en', 'fr'] as const).map(language => {
        const t = translator(language)
        const dates = datesIn(language, visit.timeZone)
        const { standing, word } = phaseOf({ t, language }, said.status)
        return (
          <Card key={language}>
            <section lang={language} aria-label={visit.t(`incidents.preview.${language}`)} className="grid gap-4">
              <p className="text-note text-quiet" lang={visit.language}>
                {visit.t(`incidents.preview.${language}`)}
              </p>
              <h2>{title[language]}</h2>
              <div>
                <StandingTag standing={standing}>{word}</StandingTag>
              </div>
              {said.reason ? <p>{said.reason[language]}</p> : null}
              <Prose html={preview.html[language]} lang={language} />
              {said.nextUpdateBy ? (
                <p className="font-semibold">{t('statusPage.next', { moment: dates.moment(said.nextUpdateBy) })}</p>
              ) : null}
              {said.promises.length > 0 ? (
                <ul className="grid list-disc gap-1 pl-5">
                  {said.promises.map(one => (
                    <li key={`${one.textEn} ${one.dueAt.toISOString()}`}>
                      {language === 'en' ? one.textEn : one.textFr} ·{' '}
                      {t('statusPage.promises.due', { moment: dates.moment(one.dueAt) })}
                    </li>
                  ))}
                </ul>
              ) : null}
            </section>
          </Card>
        )
      })}
    </div>
  )
}

/** What follows from publishing: who is told, and what else changes. */
export function WhatFollows({ visit, said, preview, components }: Omit<Props, 'title'>) {
  const { t, dates, language } = visit
  const { told } = preview
  const touched = said.components.flatMap(({ id, status }) => {
    const name = components.find(one => one.id === id)?.name[language]
    const since = isOver(said.status) ? 'operational' : status
    return name === undefined
      ? []
      : [t('incidents.preview.fares', { name, status: t(`statusPage.component.${since}`) })]
  })
  const rows = [
    {
      term: t('incidents.preview.told'),
      value:
        told === null
          ? t('incidents.preview.nobody')
          : t('incidents.preview.people', { subscribers: told.subscribers, subscriptions: told.subscriptions }),
    },
    { term: t('incidents.say.components'), value: touched.length === 0 ? t('incidents.none') : touched.join(' · ') },
    ...(said.saidAt ? [{ term: t('incidents.say.before'), value: dates.moment(said.saidAt) }] : []),
  ]
  return (
    <Card>
      <Part>
        <h2>{t('incidents.preview.follows')}</h2>
        <CompactFacts rows={rows} />
        <p>{t('incidents.preview.never')}</p>
      </Part>
    </Card>
  )
}
