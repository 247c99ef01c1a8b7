import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Choices, errorFor } from '@/app/_ui/form'
import type { Topics } from '@/domain/notification/list-topics'
import { languageNames, languages } from '@/messages/language'

/** In which language, and of what. `chosen` is what holds now, where the form was not sent before. */
export function WishFields({
  visit: { t },
  form,
  topics,
  chosen,
}: {
  visit: Visit
  form: FormState
  topics: Topics
  chosen: { language: string; everything: boolean; topics: readonly string[] }
}) {
  const language = form.value('language') ?? chosen.language
  const about = form.value('about') ?? (chosen.everything ? 'everything' : 'chosen')
  const kept = form.returned ? form.values('topics') : chosen.topics
  const groups = [
    { name: t('subscribe.incidents'), of: topics.incidents },
    { name: t('subscribe.components'), of: topics.components },
    { name: t('subscribe.carriers'), of: topics.carriers },
  ].filter(({ of }) => of.length > 0)
  return (
    <div className="group grid gap-6">
      <Choices
        kind="radio"
        name="language"
        legend={t('subscribe.language')}
        choices={languages.map(value => ({ value, label: <span lang={value}>{languageNames[value]}</span> }))}
        chosen={[language]}
      />
      <Choices
        kind="radio"
        name="about"
        legend={t('subscribe.about')}
        error={errorFor(form.errors, 'topics')}
        choices={[
          { value: 'everything', label: t('subscribe.everything') },
          { value: 'chosen', label: t('subscribe.chosen') },
        ]}
        chosen={[about]}
      />
      {/* What is not asked for is not shown: whoever checks something there means it. */}
      {groups.map(({ name, of }, index) => (
        <fieldset key={name} className="grid min-w-0 gap-2 group-has-[#about:checked]:hidden">
          <legend className="mb-1 font-semibold">{name}</legend>
          {of.map((topic, at) => (
            <div key={topic.value} className="relative flex min-h-11 items-center gap-3">
              <input
                type="checkbox"
                id={index === 0 && at === 0 ? 'topics' : topic.value}
                name="topics"
                value={topic.value}
                defaultChecked={kept.includes(topic.value)}
                className="relative z-1 size-6 shrink-0 accent-accent"
              />
              <label
                htmlFor={index === 0 && at === 0 ? 'topics' : topic.value}
                className="min-w-0 py-2 after:absolute after:inset-0"
              >
                {topic.name}
              </label>
            </div>
          ))}
        </fieldset>
      ))}
    </div>
  )
}
