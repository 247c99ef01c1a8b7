import type { Visit } from '@/app/_shell/visit'
import type { QueueField, QueueFilter } from '@/domain/triage/queue-filter'

/** The words for ids, which only the installation's own lists know. */
export interface Named {
  carriers: readonly { id: string; name: string }[]
  incidents: readonly { id: string; name: string }[]
  batches: readonly { id: string; name: string }[]
}

/** One value of one field of a filter, as people read it. Throws for what the filter does not hold. */
export function valueWords({ t }: Visit, field: QueueField, filter: QueueFilter, named: Named): string[] {
  const {
    state,
    status,
    kind,
    category,
    loss,
    language,
    hold,
    assignee,
    priority,
    approval,
    sla,
    escalation,
    wave,
    waited,
  } = filter
  switch (field) {
    case 'state':
      return (state ?? []).map(one => t(`queue.states.${one}`))
    case 'status':
      return status === undefined ? [] : [t(`queue.stands.${status}`)]
    case 'carrier':
      return nameIn(named.carriers, filter.carrier)
    case 'kind':
      return kind === undefined ? [] : [t(`queue.kinds.${kind}`)]
    case 'category':
      return category === undefined ? [] : [t(`shell.categories.${category}`)]
    case 'loss':
      return loss === undefined ? [] : [t(`queue.losses.${loss}`)]
    case 'language':
      return language === undefined ? [] : [t(`support.languages.${language}`)]
    case 'batch':
      return nameIn(named.batches, filter.batch)
    case 'hold':
      return hold === undefined ? [] : [t(`support.waits.${hold}`)]
    case 'tag':
      return filter.tag === undefined ? [] : [filter.tag]
    case 'assignee':
      if (assignee === 'me' || assignee === 'nobody' || assignee === 'somebody')
        return [t(`queue.assignees.${assignee}`)]
      return assignee === undefined ? [] : [t('queue.assignees.somebody')]
    case 'priority':
      return priority === undefined ? [] : [t(`queue.priorities.${priority}`)]
    case 'approval':
      return approval === undefined ? [] : [t('queue.secondApproval')]
    case 'sla':
      return sla === undefined ? [] : [t(`queue.targets.${sla}`)]
    case 'escalation':
      return escalation === undefined ? [] : [t('queue.escalated')]
    case 'incident':
      return nameIn(named.incidents, filter.incident)
    case 'wave':
      return wave === undefined ? [] : [t(`shell.categories.${wave}`)]
    case 'waited':
      return waited === undefined ? [] : [t('queue.hours', { count: waited })]
  }
}

function nameIn(list: readonly { id: string; name: string }[], id: string | undefined): string[] {
  return id === undefined ? [] : [list.find(one => one.id === id)?.name ?? id]
}
