import type { Speaker } from '@/messages/status-page/speaker'
import type { IncidentView } from '@/messages/status-page/view'

export const isOpen = ({ status }: IncidentView) =>
  status !== 'resolved' && status !== 'postmortem' && status !== 'completed'

export const addressOf = ({ language }: Speaker, { slug }: IncidentView) => `/${language}/incidents/${slug}`
