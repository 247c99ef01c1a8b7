import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Choices, errorFor, TextArea, TextField } from '@/app/_ui/form'
import { MomentField } from '@/app/_ui/moment-field'
import { Part } from '@/app/_ui/page'
import { staffChecks } from '@/domain/restore/file-for-check'

/** How it was checked who the person is: the same questions for a request and for a question. */
export function IdentityFields({ visit: { t, timeZone }, form }: { visit: Visit; form: FormState }) {
  const zone = form.value('zone') ?? timeZone
  return (
    <Part>
      <h2>{t('behalf.identity.title')}</h2>
      <Choices
        kind="radio"
        name="check"
        legend={t('behalf.identity.kind')}
        error={errorFor(form.errors, 'check')}
        choices={staffChecks.map(kind => ({ value: kind, label: t(`behalf.identity.kinds.${kind}`) }))}
        chosen={form.values('check')}
      />
      <TextField
        name="checkReference"
        label={t('behalf.identity.reference')}
        hint={t('behalf.identity.referenceHint')}
        error={errorFor(form.errors, 'checkReference')}
        value={form.value('checkReference')}
        autoComplete="off"
        narrow
      />
      <MomentField
        name="checkAt"
        label={t('behalf.identity.at')}
        hint={t('behalf.identity.atHint')}
        error={errorFor(form.errors, 'checkAt')}
        value={form.value('checkAt')}
        zone={zone}
      />
      <input type="hidden" name="zone" value={zone} />
      <TextArea
        name="checkNote"
        rows={2}
        label={t('behalf.identity.note')}
        hint={t('behalf.identity.noteHint')}
        error={errorFor(form.errors, 'checkNote')}
        value={form.value('checkNote')}
      />
    </Part>
  )
}
