import type { Visit } from '@/app/_shell/visit'
import type { OpenContentView } from '@/domain/record/find-content-view'

/** "Contacts of Maya Lin": at what somebody looks. */
export function lookTitle({ t }: Visit, { holding, subscriber }: OpenContentView): string {
  const who = subscriber.name ?? t('looks.view.unnamed', { id: subscriber.accountId })
  return t('looks.view.title', { category: t(`shell.categories.${holding.category}`), who })
}
