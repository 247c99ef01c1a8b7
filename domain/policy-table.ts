import type { Role } from '@/domain/actor'
import { machinePolicy } from '@/domain/machine-policy'

/**
 * How far a role's right to a verb reaches.
 * own: the person's own objects. carrier: the staff member's carrier (every carrier for the installation's own staff).
 * any: objects of no carrier, and everything else; for a carrier's staff no more than their carrier.
 */
export type Reach = 'own' | 'carrier' | 'any'

const everybody = {
  anonymous: 'any',
  subscriber: 'any',
  support_agent: 'any',
  support_lead: 'any',
  carrier_author: 'any',
  carrier_approver: 'any',
  incident_manager: 'any',
  administrator: 'any',
  auditor: 'any',
  system: 'any',
} as const

/** Whoever can sign in, about themselves: nobody does it for another. */
const everybodysOwn = {
  subscriber: 'own',
  support_agent: 'own',
  support_lead: 'own',
  carrier_author: 'own',
  carrier_approver: 'own',
  incident_manager: 'own',
  administrator: 'own',
  auditor: 'own',
} as const

/**
 * The one table of who may do what. A verb that is missing for a role is refused. What was said of an incident is public,
 * and read without asking.
 */
export const policy = {
  /** The console of incidents, with what is not public yet: drafts, alarms, who was told. */
  'incident.console': { incident_manager: 'any', administrator: 'any', auditor: 'any', system: 'any' },
  'incident.manage': { incident_manager: 'any', system: 'any' },
  /**
   * Agrees that a kind of data is given out, or says no: never who asked, who may take it back. An administrator too: one manager may be alone
   * on duty.
   */
  'wave.decide': { incident_manager: 'any', administrator: 'any' },
  'component.manage': { incident_manager: 'any', administrator: 'any', system: 'any' },
  'status.publish': { system: 'any' },

  'notice.read': {
    carrier_author: 'carrier',
    carrier_approver: 'carrier',
    administrator: 'carrier',
    auditor: 'carrier',
    system: 'any',
  },
  'notice.write': { carrier_author: 'carrier', carrier_approver: 'carrier', system: 'any' },
  /** Approve, send back, schedule, publish, withdraw: never what one wrote oneself. */
  'notice.decide': { carrier_approver: 'carrier', system: 'any' },
  'delivery.read': {
    carrier_author: 'carrier',
    carrier_approver: 'carrier',
    incident_manager: 'any',
    administrator: 'any',
    auditor: 'any',
    system: 'any',
  },
  'delivery.retry': { carrier_approver: 'carrier', incident_manager: 'any', administrator: 'any', system: 'any' },
  'suppression.manage': { carrier_approver: 'carrier', administrator: 'any', system: 'any' },
  /** Anybody may ask to be told, and shows by a link that the address is theirs. */
  'subscription.make': everybody,
  'subscription.manage': { administrator: 'any', system: 'any' },

  'subscriber.read': {
    subscriber: 'own',
    support_agent: 'carrier',
    support_lead: 'carrier',
    administrator: 'any',
    auditor: 'any',
    system: 'any',
  },
  /** In which language they are written to. */
  'subscriber.choose-language': { subscriber: 'own', system: 'any' },
  'subscriber.add': { administrator: 'any', system: 'any' },
  'carrier.add': { administrator: 'any', system: 'any' },
  'staff.add': { administrator: 'any', system: 'any' },
  /** Invites to enrol a first passkey: whoever is invited enrols it alone. */
  'staff.invite': { administrator: 'any', system: 'any' },
  /** Another role, or none any more. */
  'staff.change': { administrator: 'any', system: 'any' },
  /** Gives up somebody's passkeys so that they can be invited anew: two administrators, neither of them that person. */
  'staff.recover': { administrator: 'any' },
  'staff.list': { administrator: 'any', auditor: 'any', system: 'any' },
  /** Whom a mail address belongs to: the sign-in asks, no person does. */
  'mailbox.read': { system: 'any' },

  /** Opens a session: the sign-in does, no person. */
  'session.open': { system: 'any' },
  'session.manage': everybodysOwn,
  'passkey.manage': everybodysOwn,

  'holding.list': {
    subscriber: 'own',
    support_agent: 'carrier',
    support_lead: 'carrier',
    administrator: 'carrier',
    auditor: 'carrier',
    system: 'any',
  },
  /** What was recovered for whoever asks. */
  'overview.read': { subscriber: 'own' },
  'record.read': { subscriber: 'own', system: 'any' },
  'record.download': { subscriber: 'own' },
  /** To look at what a subscriber's records say, with a reason that the subscriber reads. */
  'content.view': { support_agent: 'carrier', support_lead: 'carrier' },
  /** Who looked, when, why, at what. */
  'content-view.list': { support_lead: 'carrier', administrator: 'carrier', auditor: 'carrier', system: 'any' },

  'account.list': { subscriber: 'own', support_agent: 'carrier', support_lead: 'carrier', system: 'any' },
  'account.add': { subscriber: 'own', system: 'any' },
  'account.inspect': { subscriber: 'own', system: 'any' },
  'account.renew-password': { subscriber: 'own', system: 'any' },

  /** To have a code sent to one's number, and to enter it: nobody does it for another. */
  'code.use': { subscriber: 'own' },
  /** To see by a code what was recovered, after the wait. */
  'content.ask': { subscriber: 'own' },
  'security.read': { subscriber: 'own', system: 'any' },
  /** Why nothing of a subscriber's may be given out now. */
  'hold.read': {
    subscriber: 'own',
    support_agent: 'carrier',
    support_lead: 'carrier',
    administrator: 'carrier',
    auditor: 'carrier',
    system: 'any',
  },
  'restores.lock': { subscriber: 'own', system: 'any' },
  /** "This was not me". The system: whoever holds the link of a message. */
  'freeze.make': { subscriber: 'own', system: 'any' },
  'freeze.list': {
    support_agent: 'carrier',
    support_lead: 'carrier',
    administrator: 'carrier',
    auditor: 'carrier',
    system: 'any',
  },
  'freeze.end': { support_agent: 'carrier', support_lead: 'carrier', system: 'any' },
  'address.change': { administrator: 'any', system: 'any' },

  'request.file': { subscriber: 'own', system: 'any' },
  /** A subscriber's own; staff have the queue. */
  'request.list': { subscriber: 'own' },
  'request.read': {
    subscriber: 'own',
    support_agent: 'carrier',
    support_lead: 'carrier',
    administrator: 'carrier',
    auditor: 'carrier',
    system: 'any',
  },
  /** The console: a subscriber's own requests are elsewhere. */
  'queue.read': {
    support_agent: 'carrier',
    support_lead: 'carrier',
    administrator: 'carrier',
    auditor: 'carrier',
    system: 'any',
  },
  /** To work on a request: the next that waits, or one that was looked for. */
  'ticket.take': { support_agent: 'carrier', support_lead: 'carrier' },
  /** From a colleague who works on it. */
  'ticket.take-over': { support_lead: 'carrier' },
  /** How triage goes, by carrier, reason and person. */
  'figures.read': { support_lead: 'carrier', administrator: 'carrier', auditor: 'carrier', system: 'any' },
  /** The same of a carrier's own subscribers, without a name. */
  'dashboard.read': {
    carrier_author: 'carrier',
    carrier_approver: 'carrier',
    administrator: 'carrier',
    auditor: 'carrier',
    system: 'any',
  },
  'figures.count': { system: 'any' },
  /** Short words on a ticket, by which it is found. */
  'ticket.tag': { support_agent: 'carrier', support_lead: 'carrier' },
  /** A view of the queue under a name: one's own. */
  'queue-view.save': { support_agent: 'own', support_lead: 'own' },
  /** With colleagues. */
  'queue-view.share': { support_lead: 'own' },
  /** That one has a ticket open, and who else has. */
  'presence.note': { support_agent: 'carrier', support_lead: 'carrier', administrator: 'carrier', auditor: 'carrier' },
  /** How one works in the console oneself. */
  'working.choose': { support_agent: 'own', support_lead: 'own', administrator: 'own', auditor: 'own' },
  /** In which languages somebody works on tickets. */
  'staff.choose-languages': { support_agent: 'own', support_lead: 'own', administrator: 'any' },
  /** Of which incident it is. */
  'ticket.link': { support_agent: 'carrier', support_lead: 'carrier' },
  /** To many tickets at once: docs/decisions/0043-incident-links-and-mass-replies.md. */
  'mass.read': {
    support_agent: 'any',
    support_lead: 'any',
    incident_manager: 'any',
    administrator: 'any',
    auditor: 'any',
    system: 'any',
  },
  /** Says the same to each. An incident manager to those of an incident, without seeing who they are. */
  'mass.reply': { support_agent: 'any', support_lead: 'any', incident_manager: 'any' },
  /** Does the same to each, by the rules of a single one. */
  'mass.act': { support_agent: 'any', support_lead: 'any' },
  'mass.advance': { system: 'any' },
  /** To ask something, or to say that something is wrong: a ticket of another kind than a restore. */
  'ticket.open': { subscriber: 'own', system: 'any' },
  /** A subscriber's own; staff have the queue. */
  'ticket.list': { subscriber: 'own' },
  /** A ticket and what was said in it; a subscriber never reads notes. */
  'ticket.read': {
    subscriber: 'own',
    support_agent: 'carrier',
    support_lead: 'carrier',
    auditor: 'carrier',
    system: 'any',
  },
  /** What happened to a ticket. */
  'ticket.history': { support_agent: 'carrier', support_lead: 'carrier', auditor: 'carrier', system: 'any' },
  /** The subscriber says more. The system: by a mail of theirs. */
  'ticket.reply': { subscriber: 'own', system: 'any' },
  /** What they say of a restore once it is over: it looks right, or something is missing. */
  'restore.answer': { subscriber: 'own' },
  /** Asks them by mail, once. */
  'restore.ask-after': { system: 'any' },
  /** How they found it, once a ticket is resolved. */
  'ticket.rate': { subscriber: 'own' },
  'ticket.answer': { support_agent: 'carrier', support_lead: 'carrier' },
  'ticket.note': { support_agent: 'carrier', support_lead: 'carrier' },
  /** Kind, priority, resolved and open again. */
  'ticket.change': { support_agent: 'carrier', support_lead: 'carrier' },
  /** One goes on in another of the same subscriber, or by itself again. */
  'ticket.merge': { support_agent: 'carrier', support_lead: 'carrier' },
  /** To be told what becomes of it. */
  'ticket.watch': { support_agent: 'carrier', support_lead: 'carrier' },
  /** Nobody is given it before a day. */
  'ticket.hold': { support_agent: 'carrier', support_lead: 'carrier' },
  /** Asks a lead to look. */
  'ticket.escalate': { support_agent: 'carrier', support_lead: 'carrier' },
  /** Says that what was escalated is settled. */
  'ticket.settle': { support_lead: 'carrier' },
  /** Takes out what was said, and leaves a tombstone. */
  'entry.remove': { support_lead: 'carrier' },
  /** Texts to begin answers from; those for every carrier are the installation's own staff's to write. */
  'macro.use': { support_agent: 'any', support_lead: 'any' },
  'macro.manage': { support_lead: 'any' },
  /** Mail that came in for a ticket: the listener and the worker take it, no person does. */
  'mail.receive': { system: 'any' },
  /** What was kept aside of it is read by a person, and let in or dismissed. */
  'mail-aside.settle': { support_agent: 'carrier', support_lead: 'carrier' },
  /** What was kept aside of it, with the reason. */
  'mail-aside.list': {
    support_agent: 'carrier',
    support_lead: 'carrier',
    administrator: 'carrier',
    auditor: 'carrier',
    system: 'any',
  },
  /** For somebody who cannot sign in, after the carrier has checked who they are: never approved by whoever files it. */
  'subscriber.file-for': { support_agent: 'carrier', support_lead: 'carrier' },
  /** Whoever has taken it. */
  'request.split': { support_agent: 'carrier', support_lead: 'carrier' },
  'request.approve': { support_agent: 'carrier', support_lead: 'carrier', machine: 'carrier', system: 'any' },
  'request.decline': { support_agent: 'carrier', support_lead: 'carrier', machine: 'carrier', system: 'any' },
  'request.resume': {
    subscriber: 'own',
    support_agent: 'carrier',
    support_lead: 'carrier',
    administrator: 'carrier',
    system: 'any',
  },
  'request.undo': { subscriber: 'own', system: 'any' },
  'report.read': { subscriber: 'own', system: 'any' },
  'timeline.read': {
    subscriber: 'own',
    support_agent: 'carrier',
    support_lead: 'carrier',
    auditor: 'carrier',
    system: 'any',
  },

  /** What one person asked for and another decides on: docs/decisions/0029-two-people.md. */
  'decision.read': {
    support_agent: 'any',
    support_lead: 'any',
    administrator: 'any',
    auditor: 'any',
    system: 'any',
  },
  'decision.ask': { support_agent: 'any', support_lead: 'any' },
  /** Never what one asked for oneself. */
  'decision.decide': { support_agent: 'any', support_lead: 'any' },
  'decision.expire': { system: 'any' },
  /** One person's records into another's account: to see it and to say yes or no, each of the two for themselves. */
  'crossing.read': { subscriber: 'own' },
  'crossing.consent': { subscriber: 'own' },
  'crossing.undo': { subscriber: 'own', support_agent: 'carrier', support_lead: 'carrier' },
  'crossing.expire': { system: 'any' },
  /** What decides the easy ones by itself: docs/decisions/0034-rules.md. */
  'rule.read': {
    support_agent: 'any',
    support_lead: 'any',
    administrator: 'any',
    auditor: 'any',
    system: 'any',
  },
  /** Writes a draft and tries it on the backlog, or switches a rule off. */
  'rule.write': { support_lead: 'any' },
  /** Never what one has written in oneself. */
  'rule.activate': { support_lead: 'any' },
  'rule.run': { system: 'any' },

  /** What a carrier grants after an incident, by whose rules and what it comes to: docs/decisions/0042. */
  'compensation.read-rules': { administrator: 'carrier', auditor: 'carrier', system: 'any' },
  /** Writes a draft and has it tried on everybody. */
  'compensation.write': { administrator: 'carrier' },
  /** Never what one has written in oneself. */
  'compensation.activate': { administrator: 'carrier' },
  /** Ends what is active: never what one has written in oneself. */
  'compensation.withdraw': { administrator: 'carrier' },
  'compensation.run': { system: 'any' },
  /** What one subscriber is granted, or why nothing. */
  'compensation.read': {
    subscriber: 'own',
    support_agent: 'carrier',
    support_lead: 'carrier',
    administrator: 'carrier',
    auditor: 'carrier',
    system: 'any',
  },
  /** The same for whoever it is about: it counts as told from then on. */
  'compensation.show': { subscriber: 'own' },
  /** How many, and who was not told in time, without a name. */
  'compensation.count': {
    carrier_author: 'carrier',
    carrier_approver: 'carrier',
    administrator: 'carrier',
    auditor: 'carrier',
    system: 'any',
  },
  /** For the carrier's billing. */
  'compensation.export': { administrator: 'carrier' },

  /** By when tickets are to be answered, decided and restored: calendars and targets of each carrier. */
  'service.read': { support_lead: 'carrier', administrator: 'carrier', auditor: 'carrier', system: 'any' },
  'service.manage': { administrator: 'carrier', system: 'any' },
  'service.watch': { system: 'any' },

  'batch.list': { administrator: 'any', auditor: 'any', system: 'any' },
  'batch.read': { administrator: 'any', auditor: 'any', system: 'any' },
  'batch.look': { administrator: 'any', system: 'any' },
  'batch.intake': { system: 'any' },
  'batch.decide': { administrator: 'any' },

  ...machinePolicy,
  /** Seals anew what an older key protects. */
  'key.rotate': { system: 'any' },

  /** Whether what happened still stands as it was written down. */
  'chain.verify': { auditor: 'any', system: 'any' },
  'root.publish': { system: 'any' },
  /** Everything that was said, shown, found and pushed for one subscriber. */
  'evidence.export': { auditor: 'carrier', system: 'any' },

  /** What is kept how long, and what the last purges removed. */
  'retention.read': { administrator: 'any', auditor: 'any', system: 'any' },
  'purge.run': { system: 'any' },
  'legal-hold.read': { administrator: 'any', auditor: 'any', system: 'any' },
  'legal-hold.place': { administrator: 'any', system: 'any' },
  /** Two different people. */
  'legal-hold.end': { administrator: 'any' },
  'erasure.read': { subscriber: 'own', administrator: 'any', auditor: 'any', system: 'any' },
  'erasure.ask': { subscriber: 'own', administrator: 'any', system: 'any' },
  /** Another person than who asked. */
  'erasure.decide': { administrator: 'any' },
  /** Before it has begun. */
  'erasure.withdraw': { subscriber: 'own', administrator: 'any' },
  'erasure.run': { system: 'any' },

  'task.list': { administrator: 'any', auditor: 'any', system: 'any' },
  'task.retry': { administrator: 'any', system: 'any' },
  'mail.read-sent': everybody,
} as const satisfies Record<string, Partial<Record<Role, Reach>>>
