import { validate as isUuid } from 'uuid'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Part } from '@/app/_ui/page'
import { isSaid, kindIn, newPath, readWhose, type WhoseFields, whoseIn } from '@/app/support/mass/mass-form'
import { whoseWords } from '@/app/support/mass/mass-words'
import { ChooseWhose } from '@/app/support/mass/new/choose-whose'
import { MassFields } from '@/app/support/mass/new/mass-fields'
import { Refusal } from '@/domain/errors'
import { mayEver } from '@/domain/policy'
import { listLinkChoices } from '@/domain/triage/find-linked'
import { findMacro, listMacros } from '@/domain/triage/find-macros'
import { listQueueChoices, noChoices } from '@/domain/triage/list-queue-choices'
import { begunKinds, speaks } from '@/domain/triage/mass/mass-what'
import { readFilter } from '@/domain/triage/queue-filter'
import { findUpdateTexts } from '@/domain/triage/update-texts'
import { translator } from '@/messages/translate'

/** Which act, and what it needs to know; it is looked at before it is begun. */
export default page('/support/mass/new', async (visit, { query }) => {
  const { t, actor } = visit
  const given = whoseIn(query)
  const whose = readWhose(given)
  const asked = kindIn(query.one('act'))
  const kind = mayEver(actor, 'mass.act') ? asked : 'reply'
  const readsQueue = mayEver(actor, 'queue.read')
  const [form, choices, named, begins] = await Promise.all([
    formState(visit, query.one('form'), 'mass.errors', 'conversation.errors'),
    listLinkChoices(actor),
    readsQueue ? listQueueChoices(actor, visit.language) : noChoices,
    kind !== null && speaks(kind) ? beginOf(visit, given, query.one('macro')) : null,
  ])
  const incident =
    whose !== null && 'incidentId' in whose ? choices.find(({ id }) => id === whose.incidentId) : undefined
  const filter = whose !== null && 'filter' in whose ? filterOf(whose.filter) : null
  const isThere = incident !== undefined || filter !== null
  const about = {
    filter,
    incident:
      incident === undefined
        ? null
        : {
            id: incident.id,
            title: incident.title,
            wave: whose !== null && 'incidentId' in whose ? whose.waveCategory : null,
          },
  }
  const wrong = given.of === undefined ? t('mass.errors.unknown-filter') : t('mass.errors.incident-missing')
  const errors = isThere || !isSaid(given) ? form.errors : [{ field: null, text: wrong }]
  return (
    <ConsolePage
      title={kind === null ? t('mass.form.title') : t(`mass.acts.${kind}`)}
      lead={isThere ? whoseWords(visit, about, named) : t('mass.from.text')}
      back={
        readsQueue
          ? { href: '/support', label: t('mass.back') }
          : incident === undefined
            ? { href: '/support/mass', label: t('mass.backList') }
            : { href: `/admin/incidents/${incident.id}`, label: t('mass.backIncident') }
      }
      errors={errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {isThere ? null : <ChooseWhose visit={visit} kind={asked} choices={choices} carriers={named.carriers} />}
      {isThere && kind === null ? <Choose visit={visit} whose={given} /> : null}
      {isThere && kind !== null ? (
        <MassFields
          visit={visit}
          kind={kind}
          whose={given}
          form={form}
          choices={choices}
          macros={speaks(kind) && mayEver(actor, 'macro.use') ? await listMacros(actor) : []}
          begins={begins}
        />
      ) : null}
    </ConsolePage>
  )
})

/** What the queue is narrowed to; null: it is not listed by that. */
function filterOf(given: Record<string, unknown>) {
  try {
    return readFilter(given)
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

function Choose({ visit: { t }, whose }: { visit: Visit; whose: WhoseFields }) {
  return (
    <Card>
      <Part>
        <h2>{t('mass.form.choose')}</h2>
        <ul className="grid gap-2">
          {begunKinds.map(kind => (
            <li key={kind}>
              <a className="inline-flex min-h-6 items-center" href={newPath(whose, { act: kind })}>
                {t(`mass.acts.${kind}`)}
              </a>
            </li>
          ))}
        </ul>
        <Quiet>{t('mass.preview.rules')}</Quiet>
      </Part>
    </Card>
  )
}

/** With which texts the form begins: a macro's, or what was just said of the incident. */
async function beginOf({ actor }: Visit, { of, part }: WhoseFields, macroId: string | undefined) {
  if (macroId !== undefined && isUuid(macroId) && mayEver(actor, 'macro.use')) {
    const { textEn, textFr } = await findMacro(actor, macroId)
    return { macroId, textEn, textFr }
  }
  if (of === undefined || !isUuid(of)) return null
  const category = kindOfWave(part)
  const { en, fr, wave } = await findUpdateTexts(actor, { incidentId: of, category })
  const ofWave = (language: 'en' | 'fr') => {
    if (wave === null) return ''
    const t = translator(language)
    const words = {
      category: t(`shell.categoriesInline.${wave.category}`),
      status: t(`statusPage.waves.status.${wave.status}`),
    }
    return t('mass.form.wave', words)
  }
  const both = (language: 'en' | 'fr', said: string | null) =>
    [ofWave(language), said ?? ''].filter(Boolean).join('\n\n')
  return { macroId: undefined, textEn: both('en', en), textFr: both('fr', fr) }
}

const kindOfWave = (part: string | undefined) =>
  (['contacts', 'calendar', 'tasks', 'notes', 'photos'] as const).find(one => one === part) ?? null
