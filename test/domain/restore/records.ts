/** A vCard 3.0 as a phone wrote it. */
export const card = (uid: string | null, name: string, ...more: string[]): string =>
  [
    'BEGIN:VCARD',
    'VERSION:3.0',
    ...(uid === null ? [] : [`UID:${uid}`]),
    `N:${name.split(' ').reverse().join(';')};;;`,
    `FN:${name}`,
    ...more,
    'END:VCARD',
    '',
  ].join('\r\n')

/** As many cards of different people, "p-0" to "p-<count - 1>". */
export const people = (count: number): string =>
  Array.from({ length: count }, (_, i) => card(`p-${i}`, `Pat Number${i}`, `TEL:${phone(i)}`)).join('')

export const phone = (i: number): string => `+1 206 555 01${String(i % 100).padStart(2, '0')}`

/** One iCalendar file of components. */
export const calendar = (...components: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//example//device//EN', ...components, 'END:VCALENDAR', ''].join('\r\n')

export const component = (
  type: 'VEVENT' | 'VTODO' | 'VJOURNAL',
  uid: string,
  summary: string,
  ...more: string[]
): string =>
  [
    `BEGIN:${type}`,
    `UID:${uid}`,
    'DTSTAMP:20090901T000000Z',
    ...(type === 'VEVENT' ? ['DTSTART:20091005T090000Z', 'DTEND:20091005T100000Z'] : []),
    `SUMMARY:${summary}`,
    ...more,
    `END:${type}`,
  ].join('\r\n')

/** A small picture whose bytes differ by `shade`, 0 to 255. */
export const picture = (shade: number, octets = 64): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(octets, shade), Buffer.from([0xff, 0xd9])])

/** Something of every category, few of each. */
export const ofEverything = (count = 3): Record<string, Buffer | string> => {
  const each = Array.from({ length: count }, (_, i) => i)
  return {
    'contacts.vcf': people(count),
    'calendar.ics': calendar(...each.map(i => component('VEVENT', `e-${i}`, `Event ${i}`))),
    'tasks.ics': calendar(...each.map(i => component('VTODO', `t-${i}`, `Task ${i}`))),
    'notes.ics': calendar(...each.map(i => component('VJOURNAL', `n-${i}`, `Note ${i}`, `DESCRIPTION:Text ${i}`))),
    ...Object.fromEntries(each.map(i => [`photos/p${i}.jpg`, picture(i)])),
  }
}
