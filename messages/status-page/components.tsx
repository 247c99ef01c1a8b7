import { componentMarks, Tag } from '@/messages/status-page/marks'
import type { Speaker } from '@/messages/status-page/speaker'
import type { ComponentView } from '@/messages/status-page/view'

export function Components({ speaker, components }: { speaker: Speaker; components: ComponentView[] }) {
  const { t, language } = speaker
  const shown = components.filter(one => !one.onlyShowIfDegraded || one.status !== 'operational')
  const top = shown.filter(one => one.groupId === null)
  if (top.length === 0) return null
  const line = (one: ComponentView) => (
    <div className="between">
      <span>{one.name[language]}</span>
      <Tag mark={componentMarks[one.status]}>{t(`statusPage.component.${one.status}`)}</Tag>
    </div>
  )
  return (
    <section className="card s">
      <h2>{t('statusPage.componentsHeading')}</h2>
      <ul className="plain lines">
        {top.map(one => (
          <li key={one.id} className="xs">
            {line(one)}
            {one.description[language] ? <p className="quiet">{one.description[language]}</p> : null}
            {one.reason ? (
              <p className="quiet">{t('statusPage.componentReason', { reason: one.reason[language] })}</p>
            ) : null}
            {one.isGroup ? (
              <ul className="lines">
                {shown
                  .filter(child => child.groupId === one.id)
                  .map(child => (
                    <li key={child.id}>
                      {line(child)}
                      {child.reason ? (
                        <p className="quiet">{t('statusPage.componentReason', { reason: child.reason[language] })}</p>
                      ) : null}
                    </li>
                  ))}
              </ul>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
