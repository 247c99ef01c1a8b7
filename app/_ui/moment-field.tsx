import { boxClass, describedBy, FieldHelp } from '@/app/_ui/form'

/** Date and time of day on a clock in the zone that stands beside; `value` as such a field has it: "2026-03-29T02:30". */
export function MomentField({
  name,
  label,
  hint,
  error,
  value,
  zone,
}: {
  name: string
  label: React.ReactNode
  hint?: React.ReactNode
  error?: string
  value?: string
  zone: string
}) {
  return (
    <div className="grid max-w-md content-start gap-1.5">
      <label htmlFor={name} className="font-semibold">
        {label}
      </label>
      <FieldHelp name={name} hint={hint} error={error} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <input
          id={name}
          name={name}
          type="datetime-local"
          defaultValue={value}
          aria-describedby={`${describedBy(name, hint, error) ?? ''} ${name}-zone`.trim()}
          aria-invalid={error === undefined ? undefined : true}
          className={`${boxClass(error)} max-w-60`}
        />
        <span id={`${name}-zone`} className="text-note text-quiet">
          {zone}
        </span>
      </div>
    </div>
  )
}
