import type { CeremonyWords } from '@/app/sign-in/ceremony'
import type { Translate } from '@/messages/translate'

export const ceremonyWords = (t: Translate): CeremonyWords => ({
  waiting: t('passkeys.device.waiting'),
  cancelled: t('passkeys.device.cancelled'),
  known: t('passkeys.device.known'),
  unsupported: t('passkeys.device.unsupported'),
  failed: t('passkeys.device.failed'),
})
