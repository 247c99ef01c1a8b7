/** Mail that comes in for tickets. */
export const mailIn = {
  files: 'Files',
  unnamed: 'a file without a name',
  file: '{name} ({size, number} kB)',
  notKept: '{name} ({size, number} kB) was not kept: {reason}',
  refused: {
    kind: 'only pictures, PDF, text, contacts and calendars are.',
    size: 'a file has at most 10 MB.',
    count: 'a mail has at most 10 files.',
    empty: 'it is empty.',
  },
  trimmed: 'What the mail quoted, and its signature',
  events: {
    replied: 'A mail came from the subscriber’s address',
    aside: 'A mail was kept aside: {reason}',
  },
  aside: {
    title: 'Mail kept aside',
    lead: 'It came for a ticket and is no answer in it. It is kept for 30 days.',
    none: 'No mail is kept aside.',
    size: '{size, number} kB',
    more: 'Only the newest {count, number} are shown.',
    columns: { when: 'When', ticket: 'Ticket', from: 'From', why: 'Why' },
    noSender: 'no address that can be read',
    reasons: {
      'other-address': 'It comes from another address than the subscriber’s.',
      automatic: 'A program or a mailing list sent it.',
      loop: 'It has come back to us.',
      'too-many': 'More than 20 mails came for the ticket within an hour.',
      unreadable: 'It cannot be read.',
      empty: 'It says nothing.',
      'too-long': 'It has more words than an entry can have.',
    },
  },
}
