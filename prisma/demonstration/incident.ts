import type { AddUpdateInput } from '@/domain/incident/add-update'
import type { Category } from '@/domain/record/category'
import type { WaveStatus } from '@/prisma/generated/enums'

/** October 2009 as it was told day by day (times Pacific, given in UTC); in our own words. */
export const incident = {
  slug: 'october-2009',
  titleEn: 'Contacts, calendars, notes, tasks and photos lost from phones',
  titleFr: 'Contacts, agendas, notes, tâches et photos perdus sur les téléphones',
  startedAt: '2009-10-02T08:30:00Z',
}

export const components = [
  { key: 'sync', nameEn: 'Data on phones', nameFr: 'Données des téléphones', inGroup: null },
  { key: 'contacts', nameEn: 'Contacts', nameFr: 'Contacts', inGroup: 'sync' },
  { key: 'calendar', nameEn: 'Calendar and tasks', nameFr: 'Agenda et tâches', inGroup: 'sync' },
  { key: 'photos', nameEn: 'Notes and photos', nameFr: 'Notes et photos', inGroup: 'sync' },
  { key: 'calls', nameEn: 'Calls and text messages', nameFr: 'Appels et messages texte', inGroup: null },
  { key: 'portal', nameEn: 'Homeward', nameFr: 'Homeward', inGroup: null },
] as const
export type ComponentKey = (typeof components)[number]['key']

type Status = 'operational' | 'degraded_performance' | 'partial_outage' | 'major_outage'

export interface ToldUpdate {
  /** Null: at the moment at which the demonstration is told. */
  at: string | null
  status: AddUpdateInput['status']
  bodyEn: string
  bodyFr: string
  /** Null: a week after the demonstration is told; "told": the moment at which it is. */
  nextUpdateBy: string | null
  components?: Partial<Record<ComponentKey, Status>>
  promises?: { category: Category; textEn: string; textFr: string; dueAt: string }[]
  /** Keeps the promises of these categories. */
  keeps?: Category[]
  corrects?: { number: number; reasonEn: string; reasonFr: string }
  waves?: Partial<Record<Category, { status: WaveStatus; scheduledFor?: string }>>
  advice?: { doEn: string[]; doFr: string[]; doNotEn: string[]; doNotFr: string[] }
}

const all = (status: Status) => ({ contacts: status, calendar: status, photos: status })

export const updates: ToldUpdate[] = [
  {
    at: '2009-10-02T15:00:00Z',
    status: 'investigating',
    nextUpdateBy: '2009-10-03T15:00:00Z',
    components: all('major_outage'),
    bodyEn:
      'Most data services stopped working this morning. Calls and text messages are not affected. We are looking for the cause.',
    bodyFr:
      'La plupart des services de données ont cessé de fonctionner ce matin. Les appels et les messages texte ne sont pas touchés. Nous cherchons la cause.',
  },
  {
    at: '2009-10-03T14:00:00Z',
    status: 'investigating',
    nextUpdateBy: '2009-10-06T15:00:00Z',
    bodyEn: 'Some people can browse again. Contacts, calendars, notes, tasks and photos do not come back yet.',
    bodyFr:
      'Certains peuvent de nouveau naviguer. Les contacts, les agendas, les notes, les tâches et les photos ne reviennent pas encore.',
  },
  {
    at: '2009-10-10T18:00:00Z',
    status: 'identified',
    nextUpdateBy: '2009-10-12T19:00:00Z',
    bodyEn:
      'Data on our servers was lost, and the backup too. What is no longer on your phone has **almost certainly been lost**. What is still on it may be the only copy: follow the advice.',
    bodyFr:
      'Des données de nos serveurs ont été perdues, et leur sauvegarde aussi. Ce qui n’est plus dans votre téléphone est **presque certainement perdu**. Ce qui s’y trouve encore est peut-être la seule copie : suivez les conseils.',
    advice: {
      doNotEn: ['remove the battery', 'reset the phone', 'let it run out of power'],
      doNotFr: ['retirer la pile', 'réinitialiser le téléphone', 'le laisser se décharger'],
      doEn: ['Keep it charged'],
      doFr: ['Gardez-le chargé'],
    },
  },
  {
    at: '2009-10-12T18:30:00Z',
    status: 'identified',
    nextUpdateBy: '2009-10-14T19:00:00Z',
    corrects: {
      number: 3,
      reasonEn: 'We said that the data was almost certainly lost. Some of it may not be.',
      reasonFr:
        'Nous avons dit que les données étaient presque certainement perdues. Une partie ne l’est peut-être pas.',
    },
    bodyEn: 'Some of what was lost may be recoverable after all. We do not know yet how much.',
    bodyFr: 'Une partie de ce qui a été perdu pourra peut-être être récupérée. Nous ne savons pas encore combien.',
  },
  {
    at: '2009-10-13T19:00:00Z',
    status: 'identified',
    nextUpdateBy: '2009-10-14T19:00:00Z',
    bodyEn: 'For some people contacts have reappeared by themselves. That is not yet the restore; do not rely on it.',
    bodyFr:
      'Chez certains, des contacts sont réapparus d’eux-mêmes. Ce n’est pas encore la restauration ; ne comptez pas dessus.',
  },
  {
    at: '2009-10-14T20:00:00Z',
    status: 'identified',
    nextUpdateBy: '2009-10-15T18:00:00Z',
    components: { contacts: 'partial_outage', calendar: 'partial_outage', photos: 'major_outage' },
    bodyEn:
      'Synchronisation works again, but not steadily. Turning the phone off and on is fine now; resetting it is not.',
    bodyFr:
      'La synchronisation fonctionne de nouveau, mais pas de façon stable. Éteindre et rallumer le téléphone est désormais sans danger ; le réinitialiser ne l’est pas.',
    advice: {
      doNotEn: ['reset the phone', 'remove the battery'],
      doNotFr: ['réinitialiser le téléphone', 'retirer la pile'],
      doEn: ['Turn it off and on again if data does not come', 'Keep it charged'],
      doFr: ['Éteignez-le et rallumez-le si les données ne viennent pas', 'Gardez-le chargé'],
    },
  },
  {
    at: '2009-10-15T17:00:00Z',
    status: 'monitoring',
    nextUpdateBy: '2009-10-17T17:00:00Z',
    bodyEn:
      'We recovered most, if not all, of the data for most people. A minority is affected, and each person will be told what could not be recovered. Contacts come first, once they are checked; then calendars, notes, tasks and photos.',
    bodyFr:
      'Nous avons récupéré la plupart des données, sinon toutes, pour la plupart des gens. Une minorité est touchée, et chacun saura ce qui n’a pas pu être récupéré. Les contacts d’abord, une fois vérifiés ; puis les agendas, les notes, les tâches et les photos.',
    promises: [
      {
        category: 'contacts',
        textEn: 'Contacts back by Saturday',
        textFr: 'Les contacts de retour samedi',
        dueAt: '2009-10-17T23:00:00Z',
      },
    ],
    waves: { contacts: { status: 'validating' } },
  },
  {
    at: '2009-10-17T16:00:00Z',
    status: 'monitoring',
    nextUpdateBy: '2009-10-20T18:00:00Z',
    bodyEn:
      'Contacts are not back today as we promised: checking them takes longer. They come on Tuesday. The other data follows.',
    bodyFr:
      'Les contacts ne sont pas de retour aujourd’hui comme promis : leur vérification prend plus de temps. Ils arrivent mardi. Les autres données suivent.',
    promises: [
      {
        category: 'contacts',
        textEn: 'Contacts back by Tuesday',
        textFr: 'Les contacts de retour mardi',
        dueAt: '2009-10-20T23:00:00Z',
      },
    ],
    waves: {
      contacts: { status: 'scheduled', scheduledFor: '2009-10-20T18:00:00Z' },
      calendar: { status: 'validating' },
    },
  },
  {
    at: '2009-10-20T17:30:00Z',
    status: 'monitoring',
    nextUpdateBy: 'told',
    keeps: ['contacts'],
    components: { contacts: 'operational', calendar: 'partial_outage', photos: 'partial_outage' },
    bodyEn:
      'You can now look at your recovered contacts as of 1 October, choose what to do about those you typed in again, and restore them.',
    bodyFr:
      'Vous pouvez maintenant consulter vos contacts récupérés en date du 1er octobre, choisir quoi faire de ceux que vous avez saisis de nouveau, et les restaurer.',
    waves: {
      contacts: { status: 'released' },
      calendar: { status: 'validating' },
      tasks: { status: 'validating' },
    },
    advice: {
      doNotEn: ['erase the phone before your report says that your data is back'],
      doNotFr: ['effacer le téléphone avant que votre rapport dise que vos données sont de retour'],
      doEn: ['Use the phone as usual', 'Look at your recovered data before you restore it'],
      doFr: ['Utilisez le téléphone comme d’habitude', 'Regardez vos données récupérées avant de les restaurer'],
    },
  },
  {
    at: null,
    status: 'monitoring',
    nextUpdateBy: null,
    components: { contacts: 'operational', calendar: 'operational', photos: 'degraded_performance' },
    bodyEn:
      'Calendars, tasks and notes are checked and can be restored too; photos are being released. If something of yours could not be recovered, your page says so, and what. There is no hurry.',
    bodyFr:
      'Les agendas, les tâches et les notes sont vérifiés et peuvent aussi être restaurés ; l’ouverture des photos est en cours. Si quelque chose n’a pas pu être récupéré, votre page le dit, et quoi. Rien ne presse.',
    waves: {
      calendar: { status: 'released' },
      tasks: { status: 'released' },
      notes: { status: 'released' },
      photos: { status: 'releasing' },
    },
  },
]

/** An earlier one that is over, with what was learnt from it. */
export const earlier = {
  titleEn: 'Synchronisation was slow',
  titleFr: 'La synchronisation était lente',
  startedAt: '2009-08-11T13:00:00Z',
  said: [
    {
      at: '2009-08-11T13:40:00Z',
      status: 'investigating',
      nextUpdateBy: '2009-08-11T17:00:00Z',
      bodyEn: 'Changes on the phone reach our servers only after many minutes. Nothing is lost.',
      bodyFr:
        'Les changements faits sur le téléphone n’arrivent à nos serveurs qu’après de longues minutes. Rien n’est perdu.',
    },
    {
      at: '2009-08-11T16:20:00Z',
      status: 'resolved',
      nextUpdateBy: null,
      bodyEn: 'Synchronisation is as fast as before.',
      bodyFr: 'La synchronisation est aussi rapide qu’avant.',
    },
  ],
  postmortem: {
    at: '2009-08-20T16:00:00Z',
    bodyEn:
      'One of two storage servers was full, and the other did all the work.\n\n- It was noticed by people, not by us, forty minutes after it began.\n- The servers now tell us when they are three quarters full.\n- What we did **not** look at then: whether the backup could be read.',
    bodyFr:
      'L’un des deux serveurs de stockage était plein, et l’autre faisait tout le travail.\n\n- Ce sont les gens qui l’ont remarqué, pas nous, quarante minutes après le début.\n- Les serveurs nous disent maintenant quand ils sont pleins aux trois quarts.\n- Ce que nous n’avons **pas** vérifié alors : si la sauvegarde pouvait être relue.',
    saidEn: 'What we learnt is written down.',
    saidFr: 'Ce que nous avons appris est écrit.',
  },
} as const

export const maintenance = {
  titleEn: 'Sign-in is renewed',
  titleFr: 'La connexion est renouvelée',
  bodyEn: 'For about an hour you may be asked to sign in again. Restores go on.',
  bodyFr:
    'Pendant une heure environ, il se peut que l’on vous demande de vous reconnecter. Les restaurations continuent.',
}
