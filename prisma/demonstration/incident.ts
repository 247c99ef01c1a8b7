/** October 2009 as it was told day by day (times Pacific, given in UTC); in our own words. */
export const incident = {
  slug: 'october-2009',
  titleEn: 'Contacts, calendars, notes, tasks and photos lost from phones',
  titleFr: 'Contacts, calendriers, notes, tâches et photos perdus sur les téléphones',
  startedAt: '2009-10-02T08:30:00Z',
}

export const updates = [
  {
    status: 'investigating',
    publishedAt: '2009-10-02T15:00:00Z',
    nextUpdateBy: '2009-10-03T15:00:00Z',
    bodyEn:
      'Most data services stopped working this morning. Calls and text messages are not affected. We are looking for the cause.',
    bodyFr:
      'La plupart des services de données ont cessé de fonctionner ce matin. Les appels et les messages texte ne sont pas touchés. Nous cherchons la cause.',
  },
  {
    status: 'identified',
    publishedAt: '2009-10-10T19:00:00Z',
    nextUpdateBy: '2009-10-12T19:00:00Z',
    bodyEn:
      'Data on our servers was lost, and the backup too. What is still on your phone may be the only copy: do not remove the battery, do not reset it, do not let it run out of power.',
    bodyFr:
      'Des données de nos serveurs ont été perdues, et leur sauvegarde aussi. Ce qui est encore dans votre téléphone est peut-être la seule copie : ne retirez pas la pile, ne le réinitialisez pas, ne le laissez pas se décharger.',
  },
  {
    status: 'identified',
    publishedAt: '2009-10-12T20:00:00Z',
    nextUpdateBy: '2009-10-14T20:00:00Z',
    bodyEn: 'Some of what was lost may be recoverable after all. We do not know yet how much.',
    bodyFr: 'Une partie de ce qui a été perdu pourra peut-être être récupérée. Nous ne savons pas encore combien.',
  },
  {
    status: 'monitoring',
    publishedAt: '2009-10-15T17:00:00Z',
    nextUpdateBy: '2009-10-17T17:00:00Z',
    bodyEn:
      'We recovered most, if not all, of the data for most people. Contacts come first, once they are checked; then calendars, notes, tasks and photos.',
    bodyFr:
      'Nous avons récupéré la plupart des données, sinon toutes, pour la plupart des gens. Les contacts d’abord, une fois vérifiés; puis les calendriers, les notes, les tâches et les photos.',
  },
  {
    status: 'monitoring',
    publishedAt: '2009-10-20T18:00:00Z',
    nextUpdateBy: '2009-10-29T18:00:00Z',
    bodyEn:
      'You can now look at your recovered contacts as of October 1, choose what to do about those you typed in again, and restore them.',
    bodyFr:
      'Vous pouvez maintenant consulter vos contacts récupérés en date du 1er octobre, choisir quoi faire de ceux que vous avez saisis de nouveau, et les restaurer.',
  },
  {
    status: 'monitoring',
    publishedAt: '2009-10-28T18:00:00Z',
    nextUpdateBy: '2009-11-04T18:00:00Z',
    bodyEn:
      'Calendars, tasks, notes and photos are checked and can be restored. If something of yours could not be recovered, your page says so, and what.',
    bodyFr:
      'Les calendriers, les tâches, les notes et les photos sont vérifiés et peuvent être restaurés. Si quelque chose n’a pas pu être récupéré, votre page le dit, et quoi.',
  },
] as const
