import { provePath } from '@/app/_shell/prove-path'
import type { Visit } from '@/app/_shell/visit'
import { Notice } from '@/app/_ui/standing'
import type { Actor } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { requireFreshProof } from '@/domain/policy'

/**
 * Said before the button is pressed, not after: that the act asks for a fresh proof, and where to give it. Shown a minute
 * before it is due, so that the proof does not run out while the form is filled in.
 */
export function ProofNeeded({ visit }: { visit: Visit }) {
  const { t, actor, path } = visit
  if (isProvedAt(actor, new Date(Date.now() + 60_000))) return null
  return (
    <Notice standing="you" title={t('signIn.again.title')}>
      <p>{t('restore.check.prove')}</p>
      <p>
        <a className="inline-flex min-h-11 items-center" href={provePath(actor, path)}>
          {t('signIn.again.do')}
        </a>
      </p>
    </Notice>
  )
}

function isProvedAt(actor: Actor, at: Date): boolean {
  try {
    requireFreshProof(actor, at)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
