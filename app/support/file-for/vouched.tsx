import type { Visit } from '@/app/_shell/visit'
import { Card } from '@/app/_ui/card'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { Part } from '@/app/_ui/page'
import type { CheckView } from '@/domain/restore/file-for-check'

/** That somebody else filed it for its subscriber, after which check, and who says so. */
export function Vouched({ visit, check, title }: { visit: Visit; check: CheckView | null; title: string }) {
  const { t, dates } = visit
  if (check === null) return null
  const { kind, note, reference, madeAt, by } = check
  return (
    <Card>
      <Part>
        <h2>{title}</h2>
        <CompactFacts
          rows={[
            { term: t('behalf.vouched.check'), value: t(`behalf.identity.kinds.${kind}`) },
            ...(reference === null ? [] : [{ term: t('behalf.vouched.reference'), value: reference }]),
            { term: t('behalf.vouched.at'), value: dates.moment(madeAt) },
            { term: t('behalf.vouched.by'), value: whoSays(visit, by) },
            ...(note === null
              ? []
              : [{ term: t('behalf.vouched.note'), value: <p className="whitespace-pre-line">{note}</p> }]),
          ]}
        />
      </Part>
    </Card>
  )
}

function whoSays({ t }: Visit, { self, name, program }: CheckView['by']): string {
  if (program) return t('behalf.vouched.program')
  return self ? t('behalf.vouched.you') : (name ?? t('behalf.vouched.staff'))
}
