import type { Visit } from '@/app/_shell/visit'
import { Notice } from '@/app/_ui/standing'

/** No browser asks a device for a passkey without a script: said before anybody presses the button in vain. */
export function NoScript({ visit: { t } }: { visit: Visit }) {
  return (
    <noscript>
      <Notice standing="you" title={t('passkeys.errors.passkey-script')} />
    </noscript>
  )
}
