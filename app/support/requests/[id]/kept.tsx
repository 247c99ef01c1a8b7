import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Notice } from '@/app/_ui/standing'
import { declineWords } from '@/app/support/request-words'
import type { WholeRequest } from '@/domain/restore/find-requests'

/** What was entered to decline, where the request has moved on and its form is not there any more: nobody's words are lost. */
export function Kept({ visit, request, form }: { visit: Visit; request: WholeRequest; form: FormState }) {
  const { t } = visit
  const [reason, note] = [form.value('reason'), form.value('note') ?? '']
  const isOthers = request.taken !== null && !request.taken.own
  const hasForm = request.actions.includes('decline') && !isOthers
  if (hasForm || (reason === undefined && note === '')) return null
  return (
    <Notice standing="gone" title={t('atHand.kept.title')}>
      {reason === undefined ? null : <p>{t('atHand.kept.reason', { reason: declineWords(visit, reason) })}</p>}
      {note === '' ? null : <p className="whitespace-pre-line">{note}</p>}
      <p>{t('atHand.kept.text')}</p>
    </Notice>
  )
}
