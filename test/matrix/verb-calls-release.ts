import { randomUUID } from 'node:crypto'
import { listReleases } from '@/domain/decision/list-releases'
import { approveRelease, refuseRelease, withdrawRelease } from '@/domain/incident/decide-release'
import { transaction } from '@/domain/transaction'
import type { Calls } from '@/test/matrix/verb-entry'
import type { VerbWorld } from '@/test/matrix/verb-world'

/** What somebody asked about giving an incident's contacts out: the open question's id. */
export async function askedRelease(incidentId: string): Promise<string> {
  return transaction('every-carrier', async tx => {
    const about = { incidentId, category: 'contacts' } as const
    await tx.decision.deleteMany({ where: about })
    const { version } = await tx.wave.findUniqueOrThrow({ where: { incidentId_category: about } })
    const asker = { email: `${randomUUID()}@staff.example`, name: 'Asker', role: 'incident_manager' } as const
    const { id: askedBy } = await tx.staff.create({ data: asker })
    const wanted = { waveVersion: version, waveStatus: 'releasing', reason: 'Checked.', askedBy } as const
    const times = { askedAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) }
    return (await tx.decision.create({ data: { kind: 'wave_release', ...about, ...wanted, ...times } })).id
  })
}

let decisionId: string = randomUUID()
const prepare = async ({ openId }: VerbWorld) => {
  decisionId = await askedRelease(openId)
}

/** What takes two incident managers. */
export const releaseCalls: Calls = {
  'decision/list-releases.ts listReleases': {
    verb: 'incident.console',
    about: 'all',
    call: ({ openId }, actor) => listReleases(actor, openId),
  },
  'incident/decide-release.ts approveRelease': {
    verb: 'wave.decide',
    about: 'all',
    changes: true,
    needsProof: true,
    prepare,
    call: (_, actor) => approveRelease(actor, { decisionId }),
  },
  'incident/decide-release.ts refuseRelease': {
    verb: 'wave.decide',
    about: 'all',
    changes: true,
    prepare,
    call: (_, actor) => refuseRelease(actor, { decisionId }),
  },
  'incident/decide-release.ts withdrawRelease': {
    verb: 'wave.decide',
    about: 'all',
    changes: true,
    // Somebody else has asked; test/domain/incident says that one's own is taken back.
    ends: 'wrong-state',
    prepare,
    call: (_, actor) => withdrawRelease(actor, { decisionId }),
  },
}
