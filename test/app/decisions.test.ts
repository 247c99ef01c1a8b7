import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import decisionsPage from '@/app/support/decisions/page'
import { system } from '@/domain/actor'
import { addStaff } from '@/domain/subscriber/add-staff'
import { transaction } from '@/domain/transaction'
import { portalSettings } from '@/test/support/portal-settings'
import { PortalVisitor } from '@/test/support/portal-visitor'
import { RestoreWorld } from '@/test/support/restore-world'

vi.mock('next/headers', () => import('@/test/support/next-request'))

let world: RestoreWorld
beforeAll(async () => {
  world = await RestoreWorld.begin()
  portalSettings(world.folder)
}, 120_000)
afterAll(() => world?.end())

it('tells of batches that wait for a second word whoever decides on them, and a carrier’s administrator of none', async () => {
  await transaction('every-carrier', async tx => {
    const data = { name: 'doubtful-batch', status: 'quarantined' } as const
    const { id: batchId } = await tx.recoveryBatch.create({ data })
    const word = { use: true, reason: 'The carrier sent the digests anew.', staffId: batchId }
    await tx.batchDecision.create({ data: { batchId, ...word } })
  })
  const seen: Record<string, boolean> = {}
  for (const carrierSlug of ['harbor', null]) {
    const email = `${carrierSlug}@staff.example`
    await addStaff(system('test'), { email, name: 'Admin', role: 'administrator', carrierSlug })
    const visitor = await PortalVisitor.signedIn(email)
    const { status, html } = await visitor.open(decisionsPage, '/support/decisions')
    expect(status).toBe(200)
    expect(html).toContain('Nothing waits for a second person.')
    seen[String(carrierSlug)] = html.includes('doubtful-batch')
  }
  expect(seen).toEqual({ harbor: false, null: true })
})
