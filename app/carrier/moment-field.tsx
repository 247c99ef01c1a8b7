/** A day and a time of day on the clock of the zone that stands beside it. */
export function MomentField({
  name,
  label,
  hint,
  zone,
  error,
  value,
}: {
  name: string
  label: string
  hint: string
  zone: string
  error?: string
  value?: string
}) {
  const about = [`${name}-hint`, ...(error === undefined ? [] : [`${name}-error`])].join(' ')
  return (
    <div className="grid max-w-md gap-1.5">
      <label htmlFor={name} className="font-semibold">
        {label}
      </label>
      <p id={`${name}-hint`} className="text-note text-quiet">
        {hint}
      </p>
      {error === undefined ? null : (
        <p id={`${name}-error`} className="font-semibold text-bad">
          {error}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <input
          id={name}
          name={name}
          type="datetime-local"
          defaultValue={value}
          aria-describedby={about}
          aria-invalid={error === undefined ? undefined : true}
          className={`min-h-11 min-w-0 grow rounded-control border-2 bg-card px-3 py-1 text-ink ${error === undefined ? 'border-line-strong' : 'border-bad'}`}
        />
        <span className="num [overflow-wrap:anywhere]">{zone}</span>
      </div>
    </div>
  )
}
