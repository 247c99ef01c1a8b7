export const status = {
  mail: {
    title: 'Sent mail',
    lead: 'In this demonstration mail is not sent: it is kept here.',
    none: 'No mail was written yet.',
    columns: { subject: 'Subject', to: 'To', sent: 'Sent' },
    to: 'To {to}, {moment}',
    text: 'As text',
    shown: 'As it looks',
  },
} as const
