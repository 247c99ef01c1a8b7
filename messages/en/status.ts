export const status = {
  mail: {
    title: 'Sent mail',
    lead: 'In this demonstration mail is not sent: it is kept here.',
    none: 'No mail was written yet.',
    columns: { subject: 'Subject', to: 'To', sent: 'Sent' },
    to: 'To {to}, {moment}',
    text: 'As text',
    shown: 'As it looks',
    sms: 'Text messages',
  },
  sms: {
    title: 'Sent text messages',
    lead: 'In this demonstration text messages are not sent: they are kept here.',
    none: 'No text message was written yet. They are kept here, since this demonstration sends none.',
    columns: { text: 'Text', to: 'To', sent: 'Sent' },
  },
} as const
