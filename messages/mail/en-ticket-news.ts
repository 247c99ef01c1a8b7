/** What is told to staff about tickets that they watch, and to leads about those that a colleague escalates. */
export const ticketNews = {
  'watched-replied': {
    subject: 'The subscriber has written: {reference}',
    text: 'The subscriber has written in {reference}, which waits for an answer.',
  },
  'watched-escalated': {
    subject: 'Escalated: {reference}',
    text: 'A colleague has escalated {reference}.',
  },
  'watched-resolved': { subject: 'Resolved: {reference}', text: '{reference} has been resolved.' },
  'watched-reopened': { subject: 'Open again: {reference}', text: '{reference} has been opened again.' },
  escalated: {
    subject: 'A ticket needs a lead: {reference}',
    text: 'A colleague has escalated {reference} and says why there. Nobody has it now.',
  },
  see: 'Open the ticket',
  why: 'You get this because you watch the ticket. On its page you can stop.',
}

/** What the subscriber is told of a ticket that was resolved without an answer. */
export const resolved = {
  title: 'Resolved: {reference}',
  text: 'Support has resolved {reference}: nothing is left to do in it.',
  again: 'If you see it otherwise, write again on its page. That opens it again, and support reads it.',
  againByMail:
    'If you see it otherwise, write again: on its page, or by replying to this mail. That opens it again, and support reads it.',
  button: 'Read everything, or write again',
  rate: 'At the end of that page you can say how it went.',
}
