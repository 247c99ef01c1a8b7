import type { Visit } from '@/app/_shell/visit'
import { type Category, categories } from '@/domain/record/category'
import type { LinkChoice } from '@/domain/triage/find-linked'

/** An incident or one of its waves, as one value of a form: "<id>" or "<id>:<category>". */
export function readWhich(value: string): { incidentId: string; waveCategory: Category | null } {
  const [incidentId = '', wave] = value.split(':')
  return { incidentId, waveCategory: categories.find(one => one === wave) ?? null }
}

/** Every incident, and under each its waves. */
export function whichOptions({ t, language }: Visit, choices: LinkChoice[]): { value: string; label: string }[] {
  return choices.flatMap(({ id, title, waves }) => [
    { value: id, label: title[language] },
    ...waves.map(category => ({
      value: `${id}:${category}`,
      label: t('mass.link.choice', { title: title[language], category: t(`shell.categories.${category}`) }),
    })),
  ])
}
