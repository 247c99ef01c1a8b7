/** One thing to put right, and which field it is about (null: the whole form). */
export interface FieldError {
  field: string | null
  text: string
}

/**
 * A plain form that posts and gets a page back, with or without scripts. `token` ties it to the session it was
 * rendered for; `hidden` carries what was answered before.
 */
export function Form({
  action,
  method = 'post',
  token,
  hidden = {},
  id,
  files = false,
  children,
}: {
  action: string
  method?: 'post' | 'get'
  token?: string | null
  hidden?: Record<string, string | readonly string[] | null | undefined>
  id?: string
  /** It has fields for files. */
  files?: boolean
  children: React.ReactNode
}) {
  const pairs = Object.entries(hidden).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [value].flat().map(one => [name, one] as const),
  )
  return (
    <form
      id={id}
      action={action}
      method={method}
      encType={files ? 'multipart/form-data' : undefined}
      noValidate
      className="grid gap-6 in-[.console]:gap-4"
    >
      {token ? <input type="hidden" name="token" value={token} /> : null}
      {pairs.map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  )
}

/** Above the heading, focused when the page opens, each line leading to its field. */
export function ErrorSummary({ heading, errors }: { heading: string; errors: FieldError[] }) {
  if (errors.length === 0) return null
  return (
    <div
      role="alert"
      tabIndex={-1}
      // biome-ignore lint/a11y/noAutofocus: whoever sent the form must hear first what is wrong with it
      autoFocus
      data-error-summary=""
      className="rounded-card border-4 border-bad p-5 outline-none"
    >
      <h2>{heading}</h2>
      <ul className="mt-2 grid">
        {errors.map(error => (
          <li key={`${error.field} ${error.text}`} className="font-semibold">
            {error.field === null ? (
              error.text
            ) : (
              <a className="inline-flex min-h-11 items-center text-bad hover:text-bad" href={`#${error.field}`}>
                {error.text}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

export const errorFor = (errors: FieldError[], field: string): string | undefined =>
  errors.find(error => error.field === field)?.text

export function FieldHelp({ name, hint, error }: { name: string; hint?: React.ReactNode; error?: string }) {
  return (
    <>
      {hint === undefined ? null : (
        <p id={`${name}-hint`} className="text-note text-quiet">
          {hint}
        </p>
      )}
      {error === undefined ? null : (
        <p id={`${name}-error`} className="font-semibold text-bad">
          {error}
        </p>
      )}
    </>
  )
}

export const describedBy = (name: string, hint: unknown, error: unknown) =>
  [hint === undefined ? '' : `${name}-hint`, error === undefined ? '' : `${name}-error`].join(' ').trim() || undefined

export const boxClass = (error: string | undefined) =>
  `min-h-12 w-full rounded-control border-2 bg-card px-3 py-2 text-ink in-[.console]:min-h-9 in-[.console]:max-sm:min-h-11 ${error === undefined ? 'border-line-strong' : 'border-bad'}`

interface TextProps {
  name: string
  label: React.ReactNode
  hint?: React.ReactNode
  error?: string
  value?: string
  /** In which language it is written, where that is not the page's. */
  lang?: string
}

export function TextField({
  name,
  label,
  hint,
  error,
  value,
  type = 'text',
  lang,
  autoComplete,
  inputMode,
  narrow = false,
}: TextProps & {
  type?: 'text' | 'email' | 'password' | 'url' | 'search' | 'tel' | 'date'
  autoComplete?: string
  /** Which keys a telephone offers. */
  inputMode?: 'numeric'
  narrow?: boolean
}) {
  const plain = type === 'email' || type === 'url' || type === 'password'
  return (
    <div className={`grid gap-1.5 ${narrow ? 'max-w-md' : ''}`}>
      <label htmlFor={name} className="font-semibold">
        {label}
      </label>
      <FieldHelp name={name} hint={hint} error={error} />
      <input
        id={name}
        name={name}
        type={type}
        lang={lang}
        defaultValue={value}
        autoComplete={autoComplete}
        inputMode={inputMode}
        autoCapitalize={plain ? 'none' : undefined}
        spellCheck={plain ? false : undefined}
        aria-describedby={describedBy(name, hint, error)}
        aria-invalid={error === undefined ? undefined : true}
        className={boxClass(error)}
      />
    </div>
  )
}

export function TextArea({ name, label, hint, error, value, lang, rows = 4 }: TextProps & { rows?: number }) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor={name} className="font-semibold">
        {label}
      </label>
      <FieldHelp name={name} hint={hint} error={error} />
      <textarea
        id={name}
        name={name}
        rows={rows}
        lang={lang}
        defaultValue={value}
        aria-describedby={describedBy(name, hint, error)}
        aria-invalid={error === undefined ? undefined : true}
        className={boxClass(error)}
      />
    </div>
  )
}

/** `accept`: as the attribute of HTML. What was chosen does not come back with an error: browsers let no page choose a file. */
export function FileField({
  name,
  label,
  hint,
  error,
  accept,
}: Omit<TextProps, 'value' | 'lang'> & { accept: string }) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor={name} className="font-semibold">
        {label}
      </label>
      <FieldHelp name={name} hint={hint} error={error} />
      <input
        id={name}
        name={name}
        type="file"
        accept={accept}
        aria-describedby={describedBy(name, hint, error)}
        aria-invalid={error === undefined ? undefined : true}
        className={boxClass(error)}
      />
    </div>
  )
}

export interface Choice {
  value: string
  label: React.ReactNode
  hint?: React.ReactNode
}

/**
 * Radio buttons or checkboxes. As the one question of a page its legend is the page's heading.
 * The first box carries the field's own id, so that the error summary leads to it.
 */
export function Choices({
  kind,
  name,
  legend,
  asHeading = false,
  hint,
  error,
  choices,
  chosen,
}: {
  kind: 'radio' | 'checkbox'
  name: string
  legend: React.ReactNode
  asHeading?: boolean
  hint?: React.ReactNode
  error?: string
  choices: Choice[]
  chosen: readonly string[]
}) {
  return (
    <fieldset aria-describedby={describedBy(name, hint, error)} className="grid min-w-0 gap-3">
      <legend className={asHeading ? 'mb-3' : 'mb-2 font-semibold'}>{asHeading ? <h1>{legend}</h1> : legend}</legend>
      <FieldHelp name={name} hint={hint} error={error} />
      {choices.map((choice, index) => (
        <ChoiceBox
          key={choice.value}
          kind={kind}
          id={index === 0 ? name : `${name}-${choice.value}`}
          name={name}
          choice={choice}
          checked={chosen.includes(choice.value)}
        />
      ))}
    </fieldset>
  )
}

function ChoiceBox({
  kind,
  id,
  name,
  choice,
  checked,
}: {
  kind: 'radio' | 'checkbox'
  id: string
  name: string
  choice: Choice
  checked: boolean
}) {
  return (
    <div className="relative flex min-h-11 gap-3 rounded-control border border-line bg-card p-3 has-checked:border-accent has-checked:bg-accent-tint">
      <input
        type={kind}
        id={id}
        name={name}
        value={choice.value}
        defaultChecked={checked}
        aria-describedby={choice.hint === undefined ? undefined : `${id}-more`}
        className="relative z-1 mt-0.5 size-6 shrink-0 accent-accent"
      />
      <div className="grid min-w-0 gap-1">
        <label htmlFor={id} className="font-semibold after:absolute after:inset-0">
          {choice.label}
        </label>
        {choice.hint === undefined ? null : (
          <div id={`${id}-more`} className="text-note text-quiet">
            {choice.hint}
          </div>
        )}
      </div>
    </div>
  )
}
