import type { Visit } from '@/app/_shell/visit'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { previewService } from '@/domain/triage/preview-service'
import type { ServiceCalendar } from '@/domain/triage/service-clock'
import { serviceClocks } from '@/domain/triage/service-defaults'
import type { Targets } from '@/domain/triage/service-inputs'
import { dates } from '@/messages/dates'

interface Props {
  visit: Visit
  calendar: ServiceCalendar
  targets: Targets
  at: Date
  /** False: as it was entered, and not yet saved. */
  saved: boolean
}

/** When a ticket filed now is due, told in the calendar's own zone. */
export function ServicePreview({ visit: { t, language }, calendar, targets, at, saved }: Props) {
  const there = dates(language, calendar.zone)
  return (
    <>
      <p>{t(saved ? 'service.previewNow' : 'service.previewUnsaved', { at: there.moment(at) })}</p>
      <ReflowTable
        caption={t('service.preview')}
        columns={[
          { head: t('service.columns.priority') },
          ...serviceClocks.map(clock => ({ head: t(`service.clocks.${clock}`) })),
        ]}
        rows={previewService(calendar, targets, at).map(({ priority, clocks }) => ({
          key: priority,
          cells: [
            <span key="priority" className="font-semibold">
              {t(`service.priorities.${priority}`)}
            </span>,
            ...clocks.map(({ dueAt }) => (dueAt === null ? t('service.never') : there.near(dueAt, at))),
          ],
        }))}
      />
    </>
  )
}
