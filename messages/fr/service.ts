import type { service as english } from '@/messages/en/service'
import type { SameKeys } from '@/messages/same-keys'

export const service = {
  title: 'Délais de traitement',
  lead: 'Quand une demande doit avoir sa réponse, sa décision et sa restauration, compté en heures où travaille le personnel d’un opérateur.',
  clocks: { first_response: 'Première réponse', decision: 'Décision', restore: 'Restauration' },
  priorities: { normal: 'Normale', high: 'Haute', urgent: 'Urgente' },
  priority: 'Priorité : {priority}',
  line: {
    due: '{clock} attendue d’ici {left} ({at})',
    over: '{clock} en retard depuis {at} ({left})',
    paused: '{clock} : attend l’abonné depuis {at} ; le délai est suspendu',
  },
  states: {
    due: 'Attendue d’ici {left} ({at})',
    over: 'En retard depuis {at} ({left})',
    paused: 'Attend l’abonné depuis {at} ; le délai est suspendu',
    met: 'Faite le {at}, dans les délais',
    late: 'Faite le {at}, en retard',
  },
  breached: {
    first_response: 'Pas de première réponse à temps ; la priorité a été relevée',
    decision: 'Pas de décision à temps ; la priorité a été relevée',
    restore: 'Pas de restauration à temps ; la priorité a été relevée',
  },
  saved:
    'Enregistré. Cela vaut pour les demandes déposées à partir de maintenant ; ce qui a été promis avant reste valable.',
  carriers: 'Opérateurs',
  defaults: 'Rien n’a été enregistré pour cet opérateur : voici les valeurs par défaut.',
  version: 'Calendrier : version {calendar}. Délais : version {targets}. Enregistré le {at}.',
  hours: 'Heures de travail',
  zone: 'Fuseau horaire',
  zoneHint:
    'Par exemple Europe/Paris ou America/Toronto. L’heure d’été et l’heure d’hiver comptent telles qu’elles s’écoulent.',
  weekday: {
    monday: 'Lundi',
    tuesday: 'Mardi',
    wednesday: 'Mercredi',
    thursday: 'Jeudi',
    friday: 'Vendredi',
    saturday: 'Samedi',
    sunday: 'Dimanche',
  },
  weekHint:
    'Une ou plusieurs plages par jour, par exemple 09:00-12:00, 13:00-17:00. Une plage qui finit avant de commencer finit le lendemain : 22:00-06:00. Laissez vide un jour où personne ne travaille.',
  holidays: 'Jours fériés',
  holidaysHint: 'Un jour par ligne, par exemple 2026-12-25. Aucune plage n’y commence.',
  extraDays: 'Jours à horaires particuliers',
  extraDaysHint:
    'Un jour par ligne avec ses plages, par exemple 2026-12-24 09:00-12:00. Elles remplacent celles du jour de la semaine.',
  targets: 'Délais',
  targetsHint: 'En heures et minutes de travail, par exemple 8:00 ou 0:30.',
  target: '{clock} ({priority})',
  show: 'Montrer ce que cela donne',
  save: 'Enregistrer les délais de traitement',
  preview: 'Ce que cela donne',
  previewNow: 'Une demande déposée maintenant ({at}) est attendue :',
  previewUnsaved: 'Pas encore enregistré. Avec votre saisie, une demande déposée maintenant ({at}) est attendue :',
  never: 'Pas avant dix ans',
  columns: { priority: 'Priorité' },
  errors: {
    'no-such-carrier': 'Choisissez un opérateur de la liste',
    'zone-unknown': 'Entrez le nom d’un fuseau horaire, par exemple Europe/Paris',
    'shift-form': 'Entrez les plages ainsi : 09:00-12:00, 13:00-17:00',
    'shifts-overlap': 'Deux plages se recouvrent, peut-être à minuit. Faites commencer l’une quand l’autre finit',
    'never-open': 'Entrez au moins une plage dans la semaine : sinon, aucun délai n’arrive à son terme',
    'day-form': 'Entrez un jour par ligne, par exemple 2026-12-25',
    'day-twice': 'Un jour y figure deux fois. Gardez-le une seule fois',
    'days-many': 'Entrez 400 jours au plus',
    'target-form': 'Entrez un délai en heures et minutes, par exemple 8:00',
    'target-none': 'Entrez un délai d’au moins une minute',
    'target-far': 'Entrez un délai atteint en moins d’un an avec ces horaires',
    'changed-meanwhile':
      'Quelqu’un d’autre a enregistré depuis que vous avez ouvert cette page. Rouvrez-la et entrez-y vos changements',
  },
} satisfies SameKeys<typeof english>
