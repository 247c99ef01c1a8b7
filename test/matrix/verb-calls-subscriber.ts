import { randomUUID } from 'node:crypto'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { addStaff } from '@/domain/subscriber/add-staff'
import { addSubscriber } from '@/domain/subscriber/add-subscriber'
import { chooseLanguage } from '@/domain/subscriber/choose-language'
import { listDemonstrationPeople } from '@/domain/subscriber/list-demonstration-people'
import { listStaff } from '@/domain/subscriber/list-staff'
import { peopleOfMailbox } from '@/domain/subscriber/people-of-mailbox'
import { readSubscriber } from '@/domain/subscriber/read-subscriber'
import { listStuckTasks } from '@/domain/task/list-stuck-tasks'
import { retryTask } from '@/domain/task/retry-task'
import type { Calls } from '@/test/matrix/verb-entry'

const some = () => randomUUID().slice(0, 8)

export const subscriberCalls: Calls = {
  'subscriber/read-subscriber.ts readSubscriber': {
    verb: 'subscriber.read',
    about: 'subscriber',
    call: (_, actor, { subscriberId }) => readSubscriber(actor, subscriberId),
  },
  'subscriber/choose-language.ts chooseLanguage': {
    verb: 'subscriber.choose-language',
    about: 'subscriber',
    changes: true,
    call: (_, actor, { subscriberId }) => chooseLanguage(actor, { subscriberId, language: 'fr' }),
  },
  'subscriber/people-of-mailbox.ts peopleOfMailbox': {
    verb: 'mailbox.read',
    about: 'all',
    call: ({ places }, actor) => peopleOfMailbox(actor, places['other carrier'].email),
  },
  'subscriber/list-demonstration-people.ts listDemonstrationPeople': {
    verb: 'subscriber.add',
    about: 'all',
    call: (_, actor) => listDemonstrationPeople(actor, 10),
  },
  'subscriber/list-staff.ts listStaff': { verb: 'staff.list', about: 'all', call: (_, actor) => listStaff(actor) },
  'subscriber/add-carrier.ts addCarrier': {
    verb: 'carrier.add',
    about: 'all',
    changes: true,
    call: (_, actor) => addCarrier(actor, { slug: `c-${some()}`, name: 'Third Wireless' }),
  },
  'subscriber/add-staff.ts addStaff': {
    verb: 'staff.add',
    about: 'all',
    changes: true,
    call: (_, actor) => {
      const email = `${some()}@staff.example`
      return addStaff(actor, { email, name: 'New Agent', role: 'support_agent', carrierSlug: 'harbor' })
    },
  },
  'subscriber/add-subscriber.ts addSubscriber': {
    verb: 'subscriber.add',
    about: 'all',
    changes: true,
    call: ({ services }, actor) => {
      const input = { carrierSlug: 'harbor', accountId: `new-${some()}`, email: 'new@people.example' }
      return addSubscriber(actor, services.secrets, input)
    },
  },
  'task/list-stuck-tasks.ts listStuckTasks': {
    verb: 'task.list',
    about: 'all',
    call: (_, actor) => listStuckTasks(actor),
  },
  'task/retry-task.ts retryTask': {
    verb: 'task.retry',
    about: 'all',
    ends: 'not-found',
    call: (_, actor) => retryTask(actor, '999999999'),
  },
}
