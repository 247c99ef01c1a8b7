import { describe, expect, it } from 'vitest'
import type { PublicIncident, PublicUpdate } from '@/domain/incident/public-status'
import { at, incident, publicStatus, statement } from '@/test/workers/public-status'
import { type Matter, matters } from '@/workers/handlers/status-site/alerts'

const place = { publicUrl: 'https://status.example', demonstration: false }

/** The alerts of one incident; its statements as they are read, the newest first by when they were said. */
function alertsOf(updates: PublicUpdate[], changes: Partial<PublicIncident> = {}): Matter['messages'] {
  const newestFirst = updates.toSorted((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime())
  const status = publicStatus({ incidents: [incident({ ...changes, updates: newestFirst })] })
  return matters(status, place)[0]!.messages
}

describe('the alerts of an incident', () => {
  it('stay as they were sent when something is entered afterwards between them', () => {
    const first = statement(1)
    const second = statement(2, { status: 'resolved' })
    const before = alertsOf([first, second])
    const late = statement(3, { backfilled: true, publishedAt: at(0), createdAt: at(5) })
    const between = statement(4, { backfilled: true, publishedAt: at(1.5), createdAt: at(6) })
    expect(alertsOf([first, second, late, between])).toEqual(before)
    expect(before.map(({ id, messageType }) => `${id} ${messageType}`)).toEqual(['i1.1 Alert', 'i1.2 Update'])
  })

  it('are sent when they were entered, not when that is said to have been so', () => {
    const [one] = alertsOf([statement(1, { backfilled: true, publishedAt: at(-48), createdAt: at(1) })])
    expect(one.sentAt).toEqual(at(1))
  })

  it('tell whoever reads the newest alone what it puts right', () => {
    const corrects = { corrects: 1, reason: { en: 'It was wrong.', fr: 'C’était faux.' } }
    const [, newest] = alertsOf([statement(1), statement(2, corrects)])
    expect(newest!.texts.map(({ description }) => description)).toEqual([
      'This puts right statement 1: It was wrong.\n\nSaid 2.',
      'Rectifie la déclaration 1\u00a0: C’était faux.\n\nDit 2.',
    ])
  })

  it('keep the advice that held when the next one came, in the punctuation of their language', () => {
    const advice = (version: number, line: string, hours: number) => ({
      id: `a${version}`,
      carrierId: null,
      deviceModel: null,
      version,
      publishedAt: at(hours),
      does: { en: [], fr: [] },
      doNots: { en: [line], fr: [line] },
    })
    const alerts = alertsOf([statement(1), statement(2), statement(3, { status: 'resolved' })], {
      status: 'resolved',
      advice: [advice(1, 'reset it', 1.2), advice(2, 'open it', 2.5)],
    })
    expect(alerts.map(({ texts }) => texts.map(({ instruction }) => instruction))).toEqual([
      ['Do not: reset it', 'À ne pas faire\u00a0: reset it'],
      ['Do not: open it', 'À ne pas faire\u00a0: open it'],
      [null, null],
    ])
    expect(alerts[0].texts[1]!.headline).toBe('En cours d’examen\u00a0: Des données sont perdues')
  })

  it('of work that goes on beyond its time do not say that they have expired', () => {
    const work = { kind: 'maintenance', status: 'in_progress', scheduledFor: at(1), scheduledUntil: at(2) } as const
    const begun = statement(1, { status: 'in_progress' })
    const overruns = statement(3, { status: 'in_progress' })
    expect(alertsOf([begun, overruns], work).map(({ expires }) => expires)).toEqual([at(2), null])
  })
})
