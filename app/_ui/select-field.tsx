import { boxClass, describedBy, FieldHelp } from '@/app/_ui/form'

/** One of several words, where radio buttons would fill the page. */
export function SelectField({
  name,
  label,
  hint,
  error,
  value,
  options,
}: {
  name: string
  label: React.ReactNode
  hint?: React.ReactNode
  error?: string
  value?: string
  options: { value: string; label: string }[]
}) {
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={name} className="font-semibold">
        {label}
      </label>
      <FieldHelp name={name} hint={hint} error={error} />
      <select
        id={name}
        name={name}
        defaultValue={value}
        aria-describedby={describedBy(name, hint, error)}
        aria-invalid={error === undefined ? undefined : true}
        className={boxClass(error)}
      >
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}
