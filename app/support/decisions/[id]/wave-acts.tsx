import type { Visit } from '@/app/_shell/visit'
import { LinkButton } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { waveHref } from '@/app/support/decisions/[id]/wave-facts'
import type { DecisionView } from '@/domain/decision/decision-view'

/** The way to where a release is decided on: with the statement that it makes, on the page of its incident. */
export function WaveActs({
  visit: { t },
  decision: { actions },
  wave,
}: {
  visit: Visit
  decision: DecisionView
  wave: NonNullable<DecisionView['wave']>
}) {
  if (actions.length === 0) return null
  const isOwn = actions.includes('withdraw')
  return (
    <Card>
      <Part>
        <Quiet>{t(isOwn ? 'decisions.one.own' : 'decisions.release.where')}</Quiet>
        <div>
          <LinkButton look={isOwn ? 'plain' : 'main'} href={waveHref(wave)}>
            {t(isOwn ? 'decisions.one.withdraw' : 'decisions.release.decide')}
          </LinkButton>
        </div>
      </Part>
    </Card>
  )
}
