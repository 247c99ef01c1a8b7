import { Card } from '@/app/_ui/card'
import { type Choice, Choices, errorFor } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import type { EditProps } from '@/app/carrier/notices/[id]/edit/text-fields'
import { isChosen, lossCategories, requestStates } from '@/domain/notice/audience'
import { noticeChannels } from '@/domain/notice/notice-inputs'
import { categories } from '@/domain/record/category'

interface Props extends EditProps {
  choices: { regions: string[]; deviceModels: string[] }
}

/** Who it is for, and by which ways they are told. Conditions count only where "those who" is chosen. */
export function AudienceFields({ visit: { t }, notice, form, choices }: Props) {
  const { audience } = notice
  const given = (name: string, saved: readonly string[] | undefined) =>
    form.returned ? form.values(name) : (saved ?? [])
  const words = (known: string[], saved: string[] | undefined): Choice[] =>
    [...new Set([...known, ...(saved ?? [])])].map(value => ({ value, label: value }))
  const reach = audience.everyone ? ['everyone'] : isChosen(audience) ? ['some'] : []
  const conditions = [
    { name: 'regions' as const, choices: words(choices.regions, audience.regions) },
    { name: 'deviceModels' as const, choices: words(choices.deviceModels, audience.deviceModels) },
    {
      name: 'categoriesLost' as const,
      choices: categories.map((value): Choice => ({ value, label: t(`shell.categories.${value}`) })),
    },
    {
      name: 'lossCategories' as const,
      choices: lossCategories.map((value): Choice => ({ value, label: t(`notices.audience.loss.${value}`) })),
    },
    {
      name: 'requestStates' as const,
      choices: requestStates.map((value): Choice => ({ value, label: t(`notices.audience.request.${value}`) })),
    },
  ]
  return (
    <Card>
      <Part>
        <h2>{t('notices.audience.title')}</h2>
        <Choices
          kind="radio"
          name="reach"
          legend={t('notices.audience.who')}
          error={errorFor(form.errors, 'reach') ?? errorFor(form.errors, 'audience')}
          choices={[
            { value: 'everyone', label: t('notices.audience.everyone'), hint: t('notices.audience.everyoneHint') },
            { value: 'some', label: t('notices.audience.some'), hint: t('notices.audience.someHint') },
          ]}
          chosen={given('reach', reach)}
        />
        <div className="grid items-start gap-5 sm:grid-cols-2 lg:grid-cols-3 [&>*]:min-w-0">
          {conditions.map(({ name, choices: offered }) =>
            offered.length === 0 ? (
              <p key={name} className="text-quiet">
                {t(`notices.audience.none.${name === 'regions' ? 'regions' : 'deviceModels'}`)}
              </p>
            ) : (
              <Choices
                key={name}
                kind="checkbox"
                name={name}
                legend={t(`notices.audience.${name}`)}
                error={errorFor(form.errors, name)}
                choices={offered}
                chosen={given(name, audience[name])}
              />
            ),
          )}
        </div>
        <Choices
          kind="checkbox"
          name="channels"
          legend={t('notices.channels.legend')}
          hint={t('notices.channels.hint')}
          error={errorFor(form.errors, 'channels')}
          choices={noticeChannels.map(value => ({ value, label: t(`notices.channels.${value}`) }))}
          chosen={given('channels', notice.channels)}
        />
      </Part>
    </Card>
  )
}
