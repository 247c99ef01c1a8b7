import { accessCalls } from '@/test/matrix/verb-calls-access'
import { afterCalls } from '@/test/matrix/verb-calls-after'
import { behalfCalls } from '@/test/matrix/verb-calls-behalf'
import { compensationCalls } from '@/test/matrix/verb-calls-compensation'
import { conversationCalls } from '@/test/matrix/verb-calls-conversation'
import { crossingCalls } from '@/test/matrix/verb-calls-crossing'
import { decisionCalls } from '@/test/matrix/verb-calls-decision'
import { evidenceCalls } from '@/test/matrix/verb-calls-evidence'
import { guardCalls } from '@/test/matrix/verb-calls-guard'
import { incidentCalls } from '@/test/matrix/verb-calls-incident'
import { joinedCalls } from '@/test/matrix/verb-calls-joined'
import { lookCalls } from '@/test/matrix/verb-calls-look'
import { mailInCalls } from '@/test/matrix/verb-calls-mail-in'
import { massCalls } from '@/test/matrix/verb-calls-mass'
import { noticeCalls } from '@/test/matrix/verb-calls-notice'
import { notificationCalls } from '@/test/matrix/verb-calls-notification'
import { passkeyCalls } from '@/test/matrix/verb-calls-passkeys'
import { queueCalls } from '@/test/matrix/verb-calls-queue'
import { recordCalls } from '@/test/matrix/verb-calls-record'
import { recoveryCalls } from '@/test/matrix/verb-calls-recovery'
import { releaseCalls } from '@/test/matrix/verb-calls-release'
import { restoreCalls } from '@/test/matrix/verb-calls-restore'
import { retentionCalls } from '@/test/matrix/verb-calls-retention'
import { ruleCalls } from '@/test/matrix/verb-calls-rules'
import { serviceCalls } from '@/test/matrix/verb-calls-service'
import { subscriberCalls } from '@/test/matrix/verb-calls-subscriber'
import { triageCalls } from '@/test/matrix/verb-calls-triage'
import type { Calls } from '@/test/matrix/verb-entry'

/** Every verb and finder by file and name, called for real. */
export const calls: Calls = {
  ...evidenceCalls,
  ...accessCalls,
  ...incidentCalls,
  ...releaseCalls,
  ...noticeCalls,
  ...notificationCalls,
  ...crossingCalls,
  ...decisionCalls,
  ...recordCalls,
  ...lookCalls,
  ...recoveryCalls,
  ...restoreCalls,
  ...subscriberCalls,
  ...retentionCalls,
  ...triageCalls,
  ...conversationCalls,
  ...joinedCalls,
  ...afterCalls,
  ...compensationCalls,
  ...massCalls,
  ...ruleCalls,
  ...serviceCalls,
  ...queueCalls,
  ...mailInCalls,
  ...behalfCalls,
  // Last: whom they hold or whose ways in they change, the others are not to meet so.
  ...passkeyCalls,
  ...guardCalls,
}

/** Steps of a verb that take the actor for the event they write and ask for no right: the one file that may call each. */
export const unguardedSteps: Record<string, string> = {
  'recovery/begin-intake.ts beginIntake': 'recovery/intake-batch.ts',
  'retention/begin-erasure.ts beginErasure': 'retention/erase-subscriber.ts',
  'recovery/decide-intake.ts decideIntake': 'recovery/intake-batch.ts',
  'triage/mass/act-on-target.ts actOnTarget': 'triage/mass/advance-mass-act.ts',
}

/** What says something of the actor alone, and can read and change nothing. */
export const saysOfActor: string[] = [
  'decision/move-decision.ts personOf',
  'identity/own-person.ts ownPerson',
  'notice/notice-to-change.ts personOf',
  'notice/notice-to-change.ts wroteIt',
  'triage/taker.ts takerOf',
  'webhook/endpoint-view.ts tokenOf',
]

/**
 * What screens and interfaces call without saying who asks, and why that is right. public: everybody may know it. token:
 * whoever holds what was sent to the address, or asks to be sent it. signed: the caller has shown a key it shares with us. counts:
 * numbers of the installation itself. name: touches no data.
 */
export const asksNobody: Record<string, 'public' | 'token' | 'signed' | 'counts' | 'name'> = {
  'incident/latest-updates.ts latestUpdates': 'public',
  'notification/list-topics.ts listTopics': 'public',
  'notification/ask-subscription.ts askSubscription': 'token',
  'notification/confirm-subscription.ts confirmSubscription': 'token',
  'notification/confirm-subscription.ts confirmByCode': 'token',
  'notification/change-subscription.ts changeSubscription': 'token',
  'notification/end-subscription.ts endSubscription': 'token',
  'notification/end-subscription.ts startAnnouncements': 'token',
  'notification/manage-own-webhook.ts resumeOwnWebhook': 'token',
  'notification/manage-own-webhook.ts replayOwnWebhook': 'token',
  'notification/read-preferences.ts readPreferences': 'token',
  'identity/freeze-subscriber.ts freezeByLink': 'token',
  'identity/read-invitation.ts readInvitation': 'token',
  'identity/begin-invited-passkey.ts beginInvitedPasskey': 'token',
  'identity/accept-invitation.ts acceptInvitation': 'token',
  'access/actor-of-token.ts actorOfToken': 'token',
  'access/answer-once.ts answerOnce': 'token',
  'notification/note-receipt.ts noteReceipt': 'signed',
  'notification/queue-age.ts queueAge': 'counts',
  'task/worker-beats.ts countBeating': 'counts',
  'restore/add-account.ts passwordContext': 'name',
}
