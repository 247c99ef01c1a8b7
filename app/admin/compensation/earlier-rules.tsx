import type { Visit } from '@/app/_shell/visit'
import { Card } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import type { CompensationView } from '@/domain/compensation/read-rules'

/** What decided before, from when to when, and how it ended. */
export function EarlierRules({ visit: { t, dates }, view: { earlier } }: { visit: Visit; view: CompensationView }) {
  if (earlier.length === 0) return null
  const words = 'compensation.admin.earlier'
  return (
    <Card>
      <Part>
        <h2>{t(`${words}.title`)}</h2>
        <ReflowTable
          caption={t(`${words}.title`)}
          columns={[
            { head: t(`${words}.columns.version`), short: true },
            { head: t(`${words}.columns.from`) },
            { head: t(`${words}.columns.until`) },
            { head: t(`${words}.columns.how`) },
          ]}
          rows={earlier.map(({ id, number, activatedAt, endedAt, endedBy, endedReason }) => ({
            key: id,
            cells: [
              String(number),
              activatedAt === null ? '–' : dates.shortMoment(activatedAt),
              `${endedAt === null ? '–' : dates.shortMoment(endedAt)}${endedBy === null ? '' : `, ${endedBy}`}`,
              endedReason === null ? t(`${words}.superseded`) : t(`${words}.off`, { reason: endedReason }),
            ],
          }))}
        />
      </Part>
    </Card>
  )
}
