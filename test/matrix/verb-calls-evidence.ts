import { exportErased } from '@/domain/evidence/export-erased'
import { exportEvidence } from '@/domain/evidence/export-evidence'
import { publishRoot } from '@/domain/evidence/publish-root'
import { verifyChains } from '@/domain/evidence/verify-chains'
import type { Calls } from '@/test/matrix/verb-entry'

const installation = 'https://homeward.example'

export const evidenceCalls: Calls = {
  'evidence/export-erased.ts exportErased': {
    verb: 'evidence.export',
    about: 'subscriber',
    // Nobody of the matrix has been erased; test/domain/retention tells of one who was.
    ends: 'not-found',
    call: ({ services: { signer } }, actor, { subscriberId }) =>
      exportErased(actor, { subscriberId, signer, installation }),
  },
  'evidence/publish-root.ts publishRoot': {
    verb: 'root.publish',
    about: 'all',
    changes: true,
    call: ({ services: { signer } }, actor) => publishRoot(actor, { signer, installation }),
  },
  'evidence/verify-chains.ts verifyChains': {
    verb: 'chain.verify',
    about: 'all',
    call: ({ services: { signer } }, actor) => verifyChains(actor, { signer }),
  },
  'evidence/export-evidence.ts exportEvidence': {
    verb: 'evidence.export',
    about: 'subscriber',
    changes: true,
    call: ({ services: { signer } }, actor, { subscriberId }) =>
      exportEvidence(actor, { subscriberId, signer, installation }),
  },
}
