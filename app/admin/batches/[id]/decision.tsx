import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Acts, Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { errorFor, Form, TextArea } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { mayEver } from '@/domain/policy'
import { decidedAction, peopleNeeded, standingWords } from '@/domain/recovery/batch-decision'
import { allowsBatch } from '@/domain/recovery/batch-status'
import type { FoundBatch } from '@/domain/recovery/find-batch'

type Word = FoundBatch['decisions'][number]

interface Props {
  visit: Visit
  batch: FoundBatch
  staff: { id: string; name: string }[]
  form: FormState
}

/** Who said what about the batch, and what the reader may say: from the tables that guard the verb. */
export function Decision({ visit, batch, staff, form }: Props) {
  const { t, actor } = visit
  const standing = standingWords(batch)
  const decides = mayEver(actor, 'batch.decide')
  const use = decidedAction(true, batch.status)
  const hold = decidedAction(false, batch.status)
  const mine = standing.find(word => 'staffId' in actor && word.staffId === actor.staffId)
  const agreed = standing.filter(word => word.use).length
  const topic = batch.status === 'quarantined' ? 'quarantined' : batch.status === 'withheld' ? 'withheld' : 'inUse'
  const decidable = use !== null || hold !== null
  if (!decidable && batch.decisions.length === 0) return null
  return (
    <Card>
      <Part>
        <h2>{decides && decidable ? t(`admin.decision.${topic}`) : t('admin.batch.history')}</h2>
        {decides && decidable ? <Quiet>{t(`admin.decision.${topic}Text`)}</Quiet> : null}
        <Words visit={visit} words={batch.decisions} staff={staff} />
        {use !== null && agreed > 0 ? (
          <p className="font-semibold">{t('admin.decision.agreed', { agreed, needed: peopleNeeded[use] })}</p>
        ) : null}
        {decides && mine?.use === true && use !== null ? <p>{t('admin.decision.mineUse')}</p> : null}
        {decides && decidable ? <DecisionForm visit={visit} batch={batch} form={form} mine={mine} /> : null}
        <LookAgain visit={visit} batch={batch} />
      </Part>
    </Card>
  )
}

function Words({ visit: { t, dates }, words, staff }: { visit: Visit; words: Word[]; staff: Props['staff'] }) {
  if (words.length === 0) return null
  return (
    <ul className="grid gap-3 border-line border-l-2 pl-4">
      {words.map(({ staffId, use, decidedAt, reason }) => {
        const who = staff.find(({ id }) => id === staffId)?.name ?? t('admin.decision.unknownPerson')
        return (
          <li key={staffId}>
            <p>{t(use ? 'admin.decision.said' : 'admin.decision.saidNot', { who, moment: dates.moment(decidedAt) })}</p>
            <p className="whitespace-pre-line text-quiet [overflow-wrap:anywhere]">{reason}</p>
          </li>
        )
      })}
    </ul>
  )
}

/** One reason, two buttons: which one is pressed is the decision. */
function DecisionForm({
  visit: { t, formToken },
  batch,
  form,
  mine,
}: {
  visit: Visit
  batch: FoundBatch
  form: FormState
  mine: Word | undefined
}) {
  const offersUse = decidedAction(true, batch.status) !== null && mine?.use !== true
  const holds = decidedAction(false, batch.status) !== null
  const takesBack = !holds && mine?.use === true
  return (
    <Form action={`/admin/batches/${batch.id}/decide`} token={formToken} hidden={{ status: batch.status }}>
      <TextArea
        name="reason"
        rows={3}
        label={t('admin.decision.reason')}
        hint={t('admin.decision.reasonHint')}
        error={errorFor(form.errors, 'reason')}
        value={form.value('reason')}
      />
      <Acts>
        {offersUse ? (
          <Button name="use" value="yes">
            {t('admin.decision.use')}
          </Button>
        ) : null}
        {holds || takesBack ? (
          <Button look={holds ? 'stern' : 'plain'} name="use" value="no">
            {t(holds ? 'admin.decision.notUse' : 'admin.decision.takeBack')}
          </Button>
        ) : null}
      </Acts>
    </Form>
  )
}

/** A quarantined batch that somebody repaired, as long as nobody has decided on what it was. */
function LookAgain({ visit: { t, actor, formToken }, batch }: { visit: Visit; batch: FoundBatch }) {
  const offered = allowsBatch('look-again', batch.status) && batch.decisions.length === 0
  if (!offered || !mayEver(actor, 'batch.look')) return null
  return (
    <div className="grid gap-3 border-line border-t pt-4">
      <Quiet>{t('admin.decision.lookAgainText')}</Quiet>
      <Form action={`/admin/batches/${batch.id}/look-again`} token={formToken}>
        <div>
          <Button look="plain">{t('admin.decision.lookAgain')}</Button>
        </div>
      </Form>
    </div>
  )
}
