import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { errorFor, TextArea } from '@/app/_ui/form'

/** Why a notice ends, for everybody to read, in both languages. */
export function ReasonFields({ visit: { t }, form }: { visit: Visit; form: FormState }) {
  return (
    <div className="grid gap-4 lg:grid-cols-2 [&>*]:min-w-0">
      {(['reasonEn', 'reasonFr'] as const).map(name => (
        <TextArea
          key={name}
          name={name}
          rows={3}
          label={t(`notices.fields.${name}`)}
          hint={t('notices.reasonHint')}
          error={errorFor(form.errors, name)}
          value={form.value(name)}
        />
      ))}
    </div>
  )
}
