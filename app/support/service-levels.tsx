import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { StandingTag } from '@/app/_ui/standing'
import { serviceStandings, stateInWords } from '@/app/support/service-words'
import type { TicketView } from '@/domain/triage/find-ticket'
import type { ClockView } from '@/domain/triage/service-view'

/** By when it was to be answered, decided and restored, and how that stands. */
interface Served {
  service: readonly ClockView[]
  priority: TicketView['priority'] | null
}

export function ServiceLevels({ visit, of: { service, priority } }: { visit: Visit; of: Served }) {
  const { t } = visit
  if (service.length === 0 || priority === null) return null
  return (
    <Card>
      <Part>
        <h2>{t('service.title')}</h2>
        <Quiet>{t('service.priority', { priority: t(`service.priorities.${priority}`) })}</Quiet>
        <dl className="grid gap-3">
          {service.map(one => (
            <div key={one.clock} className="grid justify-items-start gap-1">
              <dt className="font-semibold">{t(`service.clocks.${one.clock}`)}</dt>
              <dd>
                <StandingTag standing={serviceStandings[one.state]}>{stateInWords(visit, one)}</StandingTag>
              </dd>
            </div>
          ))}
        </dl>
      </Part>
    </Card>
  )
}
