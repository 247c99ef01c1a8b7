import { reader } from '@/domain/transaction'
import type { Category, Language, PromiseKind } from '@/prisma/generated/enums'

/** An overdue promise as a member of staff is told of it. */
export interface LoadedAlarm {
  id: string
  to: string
  name: string
  language: Language
  level: number
  incidentId: string
  incidentTitle: { en: string; fr: string }
  promise: { kind: PromiseKind; category: Category | null; text: { en: string; fr: string } | null; dueAt: Date }
}

/** Null where it was sent, where whom it is for has left, or where the promise was kept meanwhile. */
export async function loadAlarm(alarmId: string): Promise<LoadedAlarm | null> {
  const alarm = await reader('every-carrier').promiseAlarm.findUnique({
    where: { id: alarmId },
    include: { promise: { include: { incident: true } } },
  })
  if (!alarm || alarm.sentAt || alarm.promise.status === 'kept' || alarm.promise.keptLateAt) return null
  const staff = await reader('every-carrier').staff.findFirst({ where: { id: alarm.staffId, leftAt: null } })
  if (!staff) return null
  const { incident, kind, category, textEn, textFr, dueAt } = alarm.promise
  return {
    id: alarm.id,
    to: staff.email,
    name: staff.name,
    language: staff.language,
    level: alarm.level,
    incidentId: incident.id,
    incidentTitle: { en: incident.titleEn, fr: incident.titleFr },
    promise: { kind, category, text: textEn && textFr ? { en: textEn, fr: textFr } : null, dueAt },
  }
}

export async function noteAlarmSent(alarmId: string): Promise<void> {
  await reader('every-carrier').promiseAlarm.updateMany({
    where: { id: alarmId, sentAt: null },
    data: { sentAt: new Date() },
  })
}
