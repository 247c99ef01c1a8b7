import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approveRequest } from '@/domain/restore/approve-request'
import { declineRequest } from '@/domain/restore/decline-request'
import { readTimeline } from '@/domain/restore/read-timeline'
import { resumeRequest } from '@/domain/restore/resume-request'
import { transaction } from '@/domain/transaction'
import { DecisionWorld, refused } from '@/test/domain/decision/decision-world'

let world: DecisionWorld
beforeAll(async () => {
  world = await DecisionWorld.begin()
}, 120_000)
afterAll(() => world?.end())

const stale = expect.objectContaining({ kind: 'stale', code: 'changed-meanwhile' })

describe('a decision on what has changed since it was shown', () => {
  it('is refused, and the timeline says who did what since, and when', async () => {
    const { ann, ben } = world
    const { requestId } = await world.filed()
    const { version } = await world.request(requestId)
    const seen = (await readTimeline(ann, requestId)).at(-1)!.seq
    await approveRequest(ben, { requestId, version })
    await expect(approveRequest(ann, { requestId, version })).rejects.toEqual(stale)
    await expect(declineRequest(ann, { requestId, version, reason: 'asked-twice' })).rejects.toEqual(stale)
    const since = (await readTimeline(ann, requestId)).filter(({ seq }) => seq > seen)
    expect(since).toMatchObject([{ kind: 'request.approved', by: { name: expect.any(String), self: false } }])
    expect((await world.request(requestId)).status).toBe('approved')
  })

  it('is refused for going on with a restore as well', async () => {
    const { ann, ben } = world
    const { requestId } = await world.filed()
    const { runId } = await approveRequest(ben, { requestId })
    const { version } = await transaction('every-carrier', async tx => {
      await tx.run.update({ where: { id: runId! }, data: { status: 'waiting', waitReason: 'our-fault' } })
      return tx.restoreRequest.update({
        where: { id: requestId },
        data: { status: 'waiting', waitReason: 'our-fault', version: { increment: 1 } },
      })
    })
    await expect(resumeRequest(ann, { requestId, version: version - 1 })).rejects.toEqual(stale)
    expect((await world.request(requestId)).status).toBe('waiting')
    await resumeRequest(ann, { requestId, version })
    expect((await world.request(requestId)).status).toBe('running')
    await expect(resumeRequest(ben, { requestId })).rejects.toEqual(refused('cannot-resume'))
  })
})
