import type { Visit } from '@/app/_shell/visit'
import { LinkButton } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { waveHref } from '@/app/support/decisions/[id]/wave-facts'
import type { DecisionView } from '@/domain/decision/decision-view'
import { mayEver } from '@/domain/policy'

/** The way to where a release is decided on: with the statement that it makes, on the page of its incident. */
export function WaveActs({
  visit: { t, actor },
  decision: { status, asked },
  wave,
}: {
  visit: Visit
  decision: DecisionView
  wave: NonNullable<DecisionView['wave']>
}) {
  if (status !== 'open' || !mayEver(actor, 'wave.decide')) return null
  return (
    <Card>
      <Part>
        <Quiet>{t(asked.self ? 'decisions.one.own' : 'decisions.release.where')}</Quiet>
        <div>
          <LinkButton look={asked.self ? 'plain' : 'main'} href={waveHref(wave)}>
            {t(asked.self ? 'decisions.one.withdraw' : 'decisions.release.decide')}
          </LinkButton>
        </div>
      </Part>
    </Card>
  )
}
