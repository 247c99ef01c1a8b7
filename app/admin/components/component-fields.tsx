import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Choices, errorFor } from '@/app/_ui/form'
import { SelectField } from '@/app/_ui/select-field'
import { LinePair } from '@/app/admin/incidents/statement-fields'
import type { ListedComponent } from '@/domain/incident/list-components'

/** Names, descriptions, and the group it stands in. */
export function ComponentFields({
  visit,
  form,
  components,
  component,
}: {
  visit: Visit
  form: FormState
  components: ListedComponent[]
  component?: ListedComponent
}) {
  const { t, language } = visit
  const { en, fr } = component?.description ?? { en: null, fr: null }
  const groups = components.filter(one => one.isGroup)
  const fields = { visit, form }
  return (
    <>
      <LinePair {...fields} name="name" label={t('incidents.components.name')} value={component?.name} />
      <LinePair
        {...fields}
        name="description"
        label={t('incidents.components.description')}
        value={{ en: en ?? '', fr: fr ?? '' }}
      />
      {component?.isGroup || groups.length === 0 ? null : (
        <div className="max-w-md">
          <SelectField
            name="groupId"
            label={t('incidents.components.group')}
            error={errorFor(form.errors, 'groupId')}
            value={form.value('groupId') ?? component?.groupId ?? ''}
            options={[
              { value: '', label: t('incidents.components.noGroup') },
              ...groups.map(({ id, name }) => ({ value: id, label: name[language] })),
            ]}
          />
        </div>
      )}
      {component?.isGroup ? null : (
        <Choices
          kind="checkbox"
          name="onlyShowIfDegraded"
          legend={t('incidents.components.shown')}
          choices={[{ value: 'yes', label: t('incidents.components.onlyShowIfDegraded') }]}
          chosen={
            form.returned ? form.values('onlyShowIfDegraded') : component?.onlyShowIfDegraded === true ? ['yes'] : []
          }
        />
      )}
    </>
  )
}
