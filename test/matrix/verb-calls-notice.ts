import { randomUUID } from 'node:crypto'
import { addSuppressions } from '@/domain/notice/add-suppressions'
import { approveNotice } from '@/domain/notice/approve-notice'
import { correctNotice } from '@/domain/notice/correct-notice'
import { countAudience } from '@/domain/notice/count-audience'
import { discardNotice } from '@/domain/notice/discard-notice'
import { draftNotice } from '@/domain/notice/draft-notice'
import { editNotice } from '@/domain/notice/edit-notice'
import { findNotice } from '@/domain/notice/find-notice'
import { listAudienceChoices } from '@/domain/notice/list-audience-choices'
import { listIncidentChoices } from '@/domain/notice/list-incident-choices'
import { countNotices, listNotices } from '@/domain/notice/list-notices'
import { listSubscriberNotices } from '@/domain/notice/list-subscriber-notices'
import { countSuppressions, findSuppression, listSuppressions } from '@/domain/notice/list-suppressions'
import { listTemplates } from '@/domain/notice/list-templates'
import { publishNotice } from '@/domain/notice/publish-notice'
import { readDeliveryResults } from '@/domain/notice/read-delivery-results'
import { removeSuppression } from '@/domain/notice/remove-suppression'
import { retryFailed } from '@/domain/notice/retry-failed'
import { saveTemplate } from '@/domain/notice/save-template'
import { scheduleNotice } from '@/domain/notice/schedule-notice'
import { sendBackNotice } from '@/domain/notice/send-back-notice'
import { submitNotice } from '@/domain/notice/submit-notice'
import { unscheduleNotice } from '@/domain/notice/unschedule-notice'
import { withdrawNotice } from '@/domain/notice/withdraw-notice'
import { previewNotice } from '@/domain/notification/preview-notice'
import { may } from '@/domain/policy'
import { transaction } from '@/domain/transaction'
import type { Calls } from '@/test/matrix/verb-entry'
import { type House, inAnHour, texts, type VerbWorld } from '@/test/matrix/verb-world'

const portalUrl = 'https://portal.example'
const reasons = { reasonEn: 'It was wrong.', reasonFr: 'Elle était fausse.' }
const everyone = { everyone: true } as const

const noticeThatIs =
  (state: 'draft' | 'submitted' | 'approved' | 'published') =>
  async (world: VerbWorld, house: House): Promise<House> => ({
    ...house,
    noticeId: await world[`${state}Notice`](house),
  })

export const noticeCalls: Calls = {
  'notice/list-subscriber-notices.ts listSubscriberNotices': {
    verb: 'overview.read',
    about: 'own list',
    call: (_, actor) => listSubscriberNotices(actor, { portalUrl }),
  },
  'notice/list-notices.ts listNotices': {
    verb: 'notice.read',
    about: 'carrier list',
    call: (_, actor) => listNotices(actor, { take: 200 }),
  },
  'notice/list-notices.ts countNotices': {
    verb: 'notice.read',
    about: 'carrier list',
    tells: false,
    call: (_, actor) => countNotices(actor),
  },
  'notice/find-notice.ts findNotice': {
    verb: 'notice.read',
    about: 'carrier',
    call: (_, actor, { noticeId }) => findNotice(actor, noticeId),
  },
  'notification/preview-notice.ts previewNotice': {
    verb: 'notice.read',
    about: 'carrier',
    call: (_, actor, { noticeId }) =>
      previewNotice(actor, noticeId, { portalUrl, names: { en: 'Ann', fr: 'Anne' }, brief: () => '' }),
  },
  'notice/count-audience.ts countAudience': {
    verb: 'notice.read',
    about: 'carrier',
    ofNobody: 'yes',
    call: (_, actor, { carrierId }) => countAudience(actor, { carrierId, incidentId: null, audience: everyone }),
  },
  'notice/list-audience-choices.ts listAudienceChoices': {
    verb: 'notice.read',
    about: 'carrier',
    ofNobody: 'yes',
    call: (_, actor, { carrierId }) => listAudienceChoices(actor, carrierId),
  },
  'notice/list-incident-choices.ts listIncidentChoices': {
    verb: 'notice.read',
    about: 'carrier',
    ofNobody: 'yes',
    call: (_, actor, { carrierId }) => listIncidentChoices(actor, carrierId),
  },
  'notice/list-templates.ts listTemplates': {
    verb: 'notice.read',
    about: 'carrier',
    ofNobody: 'yes',
    call: (_, actor, { carrierId }) => listTemplates(actor, carrierId),
  },
  'notice/save-template.ts saveTemplate': {
    verb: 'notice.write',
    about: 'carrier',
    changes: true,
    call: (_, actor, { carrierId }) => saveTemplate(actor, { carrierId, name: 'Outage over', ...texts }),
  },

  'notice/draft-notice.ts draftNotice': {
    verb: 'notice.write',
    about: 'carrier',
    changes: true,
    call: (_, actor, { carrierId }) => draftNotice(actor, { carrierId }),
  },
  'notice/edit-notice.ts editNotice': {
    verb: 'notice.write',
    about: 'carrier',
    changes: true,
    prepare: noticeThatIs('draft'),
    call: (_, actor, { noticeId }) => {
      const content = { ...texts, incidentId: null, oneLanguage: false, audience: everyone, channels: [] }
      return editNotice(actor, { noticeId, version: 2, ...content })
    },
  },
  'notice/discard-notice.ts discardNotice': {
    verb: 'notice.write',
    about: 'carrier',
    changes: true,
    prepare: noticeThatIs('draft'),
    call: async (_, actor, { noticeId, carrierId }) => {
      // A draft is given up by whoever wrote in it.
      if ('staffId' in actor && may(actor, 'notice.write', { carrierId, subscriberId: null }))
        await transaction('every-carrier', tx =>
          tx.notice.updateMany({ where: { id: noticeId }, data: { editedBy: actor.staffId } }),
        )
      return discardNotice(actor, { noticeId })
    },
  },
  'notice/submit-notice.ts submitNotice': {
    verb: 'notice.write',
    about: 'carrier',
    changes: true,
    prepare: noticeThatIs('draft'),
    call: (_, actor, { noticeId }) => submitNotice(actor, { noticeId }),
  },
  'notice/send-back-notice.ts sendBackNotice': {
    verb: 'notice.decide',
    about: 'carrier',
    changes: true,
    prepare: noticeThatIs('submitted'),
    call: (_, actor, { noticeId }) => sendBackNotice(actor, { noticeId, reason: 'Name the day.' }),
  },
  'notice/approve-notice.ts approveNotice': {
    verb: 'notice.decide',
    about: 'carrier',
    changes: true,
    needsProof: true,
    prepare: noticeThatIs('submitted'),
    call: (_, actor, { noticeId }) => approveNotice(actor, { noticeId }),
  },
  'notice/schedule-notice.ts scheduleNotice': {
    verb: 'notice.decide',
    about: 'carrier',
    changes: true,
    prepare: noticeThatIs('approved'),
    call: (_, actor, { noticeId }) => scheduleNotice(actor, { noticeId, scheduledFor: inAnHour() }),
  },
  'notice/unschedule-notice.ts unscheduleNotice': {
    verb: 'notice.decide',
    about: 'carrier',
    // Only what is scheduled can be taken off: whoever may do it learns that.
    ends: 'wrong-state',
    call: (_, actor, { noticeId }) => unscheduleNotice(actor, { noticeId }),
  },
  'notice/publish-notice.ts publishNotice': {
    verb: 'notice.decide',
    about: 'carrier',
    changes: true,
    prepare: noticeThatIs('approved'),
    call: (_, actor, { noticeId }) => publishNotice(actor, { noticeId }),
  },
  'notice/correct-notice.ts correctNotice': {
    verb: 'notice.write',
    about: 'carrier',
    changes: true,
    prepare: noticeThatIs('published'),
    call: (_, actor, { noticeId }) => correctNotice(actor, { noticeId, ...reasons }),
  },
  'notice/withdraw-notice.ts withdrawNotice': {
    verb: 'notice.decide',
    about: 'carrier',
    changes: true,
    prepare: noticeThatIs('published'),
    call: (_, actor, { noticeId }) => withdrawNotice(actor, { noticeId, ...reasons }),
  },

  'notice/read-delivery-results.ts readDeliveryResults': {
    verb: 'delivery.read',
    about: 'carrier',
    call: (_, actor, { noticeId }) => readDeliveryResults(actor, noticeId),
  },
  'notice/retry-failed.ts retryFailed': {
    verb: 'delivery.retry',
    about: 'holder',
    changes: true,
    call: (_, actor, { broadcastId }) => retryFailed(actor, { broadcastId }),
  },
  'notice/list-suppressions.ts listSuppressions': {
    verb: 'suppression.manage',
    about: 'holder list',
    call: ({ services }, actor) => listSuppressions(actor, services.secrets, { take: 200 }),
  },
  'notice/list-suppressions.ts countSuppressions': {
    verb: 'suppression.manage',
    about: 'holder list',
    tells: false,
    call: (_, actor) => countSuppressions(actor),
  },
  'notice/list-suppressions.ts findSuppression': {
    verb: 'suppression.manage',
    about: 'holder',
    call: (_, actor, { suppressionId }) => findSuppression(actor, suppressionId),
  },
  'notice/add-suppressions.ts addSuppressions': {
    verb: 'suppression.manage',
    about: 'holder',
    changes: true,
    call: ({ services }, actor, { carrierId }) => {
      const addresses = `${randomUUID()}@people.example`
      return addSuppressions(actor, services.secrets, { carrierId, channel: 'mail', addresses })
    },
  },
  'notice/remove-suppression.ts removeSuppression': {
    verb: 'suppression.manage',
    about: 'holder',
    changes: true,
    prepare: async (world, holder) => ({ ...holder, suppressionId: await world.suppression(holder.carrierId) }),
    call: (_, actor, { suppressionId }) => removeSuppression(actor, { suppressionId }),
  },
}
