import { Icon, type IconName } from './icon.js';

type Tone = 'quiet' | 'waiting' | 'active' | 'good' | 'warning' | 'bad';
type Look = readonly [word: string, tone: Tone, icon: IconName];

/** Every state of DOMAIN.md, by the kind of thing that has it: a word, a tone and an icon, never colour alone. */
export const states = {
  pledge: {
    draft: ['Draft', 'quiet', 'pencil'],
    signed: ['Signed', 'active', 'signature'],
    fulfilled: ['Fulfilled', 'good', 'circle-check'],
    cancelled: ['Cancelled', 'quiet', 'ban'],
    writtenOff: ['Written off', 'bad', 'circle-x'],
  },
  bankLine: {
    unmatched: ['Waiting', 'waiting', 'hourglass'],
    matched: ['Matched', 'good', 'circle-check'],
    setAside: ['Set aside', 'quiet', 'archive'],
  },
  pledgeInstalment: {
    expected: ['Expected', 'quiet', 'circle-dashed'],
    partlyReceived: ['Partly received', 'waiting', 'hourglass'],
    received: ['Received', 'good', 'circle-check'],
    late: ['Late', 'bad', 'alert-circle'],
    cancelled: ['Cancelled', 'quiet', 'ban'],
  },
  grant: {
    draft: ['Draft', 'quiet', 'pencil'],
    proposed: ['Proposed', 'waiting', 'send'],
    awarded: ['Awarded', 'active', 'signature'],
    active: ['Active', 'good', 'circle-check'],
    closing: ['Closing', 'waiting', 'hourglass'],
    closed: ['Closed', 'quiet', 'archive'],
    declined: ['Declined', 'bad', 'circle-x'],
    cancelled: ['Cancelled', 'quiet', 'ban'],
    suspended: ['Suspended', 'warning', 'player-pause'],
  },
  bond: {
    draft: ['Draft', 'quiet', 'pencil'],
    signed: ['Signed', 'active', 'signature'],
    active: ['Active', 'good', 'circle-check'],
    closed: ['Closed', 'quiet', 'archive'],
    cancelled: ['Cancelled', 'quiet', 'ban'],
  },
  bondVersion: {
    draft: ['Draft', 'quiet', 'pencil'],
    proposed: ['To approve', 'waiting', 'hourglass'],
    signed: ['Signed', 'good', 'signature'],
    rejected: ['Rejected', 'bad', 'circle-x'],
  },
  bondSuspension: {
    asked: ['To approve', 'waiting', 'hourglass'],
    approved: ['Agreed', 'warning', 'player-pause'],
    rejected: ['Rejected', 'bad', 'circle-x'],
  },
  claim: {
    draft: ['Draft', 'quiet', 'pencil'],
    submitted: ['To verify', 'waiting', 'hourglass'],
    verified: ['Verified', 'good', 'certificate'],
    rejected: ['Rejected', 'bad', 'circle-x'],
  },
  finding: {
    accepted: ['Accepted', 'good', 'circle-check'],
    reduced: ['Reduced', 'warning', 'alert-triangle'],
    rejected: ['Rejected', 'bad', 'circle-x'],
  },
  outcomeInvoice: {
    issued: ['Issued', 'waiting', 'send'],
    partlyPaid: ['Partly paid', 'active', 'hourglass'],
    paid: ['Paid', 'good', 'circle-check'],
    late: ['Overdue', 'bad', 'alert-circle'],
    cancelled: ['Cancelled', 'quiet', 'ban'],
  },
  outcomeCancellation: {
    proposed: ['To approve', 'waiting', 'hourglass'],
    approved: ['Cancelled', 'quiet', 'ban'],
    rejected: ['Not cancelled', 'bad', 'circle-x'],
  },
  instalment: {
    planned: ['Planned', 'quiet', 'circle-dashed'],
    due: ['Due', 'waiting', 'calendar-due'],
    approved: ['Approved', 'active', 'checks'],
    inPayment: ['In payment', 'active', 'building-bank'],
    paid: ['Paid', 'good', 'circle-check'],
    held: ['Held', 'warning', 'player-pause'],
    cancelled: ['Cancelled', 'quiet', 'ban'],
    returned: ['Returned by bank', 'bad', 'arrow-back-up'],
  },
  amendment: {
    asked: ['To approve', 'waiting', 'hourglass'],
    approved: ['Approved', 'good', 'checks'],
    rejected: ['Rejected', 'bad', 'circle-x'],
  },
  closure: {
    asked: ['To approve', 'waiting', 'hourglass'],
    done: ['Done', 'good', 'circle-check'],
    rejected: ['Rejected', 'bad', 'circle-x'],
  },
  disbursement: {
    proposed: ['To approve', 'waiting', 'hourglass'],
    approved: ['Approved', 'active', 'checks'],
    settled: ['Settled', 'good', 'circle-check'],
    rejected: ['Rejected', 'bad', 'circle-x'],
    returned: ['Returned by bank', 'bad', 'arrow-back-up'],
  },
  refund: {
    proposed: ['To approve', 'waiting', 'hourglass'],
    approved: ['Approved', 'active', 'checks'],
    paid: ['Paid', 'good', 'circle-check'],
    rejected: ['Taken back', 'bad', 'circle-x'],
  },
  drawdownCall: {
    called: ['Called', 'waiting', 'send'],
    partlyReceived: ['Partly received', 'active', 'hourglass'],
    received: ['Received', 'good', 'circle-check'],
    late: ['Overdue', 'bad', 'alert-circle'],
    cancelled: ['Cancelled', 'quiet', 'circle-x'],
  },
  bondPayment: {
    proposed: ['To approve', 'waiting', 'hourglass'],
    approved: ['To pay', 'active', 'checks'],
    paid: ['Paid', 'good', 'circle-check'],
    rejected: ['Not paid', 'bad', 'circle-x'],
  },
  bondClosing: {
    proposed: ['To approve', 'waiting', 'hourglass'],
    closed: ['Closed', 'good', 'circle-check'],
    rejected: ['Not closed', 'bad', 'circle-x'],
  },
  bankAccount: {
    proposed: ['To approve', 'waiting', 'hourglass'],
    coolingOff: ['Cooling off', 'waiting', 'clock'],
    inUse: ['Paid to', 'good', 'circle-check'],
    replaced: ['Replaced', 'quiet', 'archive'],
    rejected: ['Rejected', 'bad', 'circle-x'],
    stopped: ['Stopped', 'bad', 'ban'],
  },
  poolAccount: {
    proposed: ['To approve', 'waiting', 'hourglass'],
    inUse: ['Pays from', 'good', 'circle-check'],
    replaced: ['Replaced', 'quiet', 'archive'],
    rejected: ['Rejected', 'bad', 'circle-x'],
  },
  paymentBatch: {
    open: ['To release', 'waiting', 'hourglass'],
    released: ['Released', 'active', 'checks'],
    sent: ['At the bank', 'active', 'building-bank'],
    done: ['Paid', 'good', 'circle-check'],
    withdrawn: ['Withdrawn', 'quiet', 'ban'],
  },
  toolkitEdition: {
    asked: ['Waits for a second person', 'waiting', 'hourglass'],
    published: ['Public', 'good', 'world'],
    refused: ['Refused', 'bad', 'circle-x'],
    replaced: ['Replaced', 'quiet', 'archive'],
    unpublished: ['Taken off', 'quiet', 'ban'],
  },
  decision: {
    draft: ['Draft', 'quiet', 'pencil'],
    open: ['Open to vote', 'waiting', 'hourglass'],
    passed: ['Passed', 'good', 'circle-check'],
    failed: ['Failed', 'bad', 'circle-x'],
    noQuorum: ['No quorum', 'warning', 'users'],
    withdrawn: ['Withdrawn', 'quiet', 'ban'],
  },
  ballot: {
    cast: ['Has voted', 'active', 'check'],
    missing: ['Not yet', 'quiet', 'circle-dashed'],
    recused: ['Recused', 'warning', 'hand-stop'],
  },
  condition: {
    open: ['Open', 'waiting', 'hourglass'],
    met: ['Met', 'good', 'circle-check'],
    waived: ['Waived', 'warning', 'checks'],
  },
  approval: {
    open: ['To approve', 'waiting', 'hourglass'],
    approved: ['Approved', 'good', 'checks'],
    rejected: ['Rejected', 'bad', 'circle-x'],
    void: ['Void', 'quiet', 'ban'],
  },
  requirement: {
    upcoming: ['Upcoming', 'quiet', 'circle-dashed'],
    due: ['Due', 'waiting', 'calendar-due'],
    overdue: ['Overdue', 'bad', 'alert-circle'],
    submitted: ['Submitted', 'active', 'send'],
    accepted: ['Accepted', 'good', 'circle-check'],
    superseded: ['Superseded', 'quiet', 'archive'],
    withdrawn: ['Withdrawn', 'quiet', 'ban'],
  },
  report: {
    draft: ['Draft', 'quiet', 'pencil'],
    submitted: ['Submitted', 'active', 'send'],
    returned: ['Returned', 'warning', 'arrow-back-up'],
    accepted: ['Accepted', 'good', 'circle-check'],
    superseded: ['Superseded', 'quiet', 'archive'],
    withdrawn: ['Withdrawn', 'quiet', 'ban'],
  },
  band: {
    green: ['On track', 'good', 'circle-check'],
    amber: ['Near it', 'warning', 'alert-triangle'],
    red: ['Off track', 'bad', 'alert-circle'],
  },
  curveAction: {
    open: ['Under way', 'active', 'loader'],
    planned: ['Planned', 'quiet', 'circle-dashed'],
    late: ['Late', 'bad', 'alert-circle'],
    done: ['Done', 'good', 'circle-check'],
    dropped: ['Dropped', 'quiet', 'ban'],
  },
  reading: {
    current: ['Stands', 'good', 'circle-check'],
    superseded: ['Superseded', 'quiet', 'archive'],
    withdrawn: ['Taken back', 'warning', 'arrow-back-up'],
  },
  unread: {
    due: ['Due', 'waiting', 'calendar-due'],
    late: ['Late', 'bad', 'alert-circle'],
  },
  subscription: {
    active: ['Active', 'good', 'circle-check'],
    paused: ['Paused', 'warning', 'player-pause'],
    ended: ['Ended', 'quiet', 'archive'],
  },
  run: {
    queued: ['Waiting', 'waiting', 'hourglass'],
    making: ['Being made', 'active', 'hourglass'],
    cancelled: ['Cancelled', 'quiet', 'ban'],
    made: ['Ties to the ledger', 'good', 'circle-check'],
    doesNotTie: ['Does not tie', 'bad', 'alert-triangle'],
    failed: ['Failed', 'bad', 'circle-x'],
  },
  occurrence: {
    waiting: ['Waiting', 'waiting', 'hourglass'],
    done: ['Done', 'good', 'circle-check'],
    skipped: ['Skipped', 'quiet', 'ban'],
    failed: ['Failed', 'bad', 'circle-x'],
    uncertain: ['Uncertain', 'warning', 'alert-triangle'],
  },
  period: {
    upcoming: ['Upcoming', 'waiting', 'clock'],
    serving: ['Serving', 'good', 'circle-check'],
    ended: ['Ended', 'quiet', 'archive'],
  },
  mail: {
    queued: ['Queued', 'quiet', 'circle-dashed'],
    sending: ['Sending', 'active', 'loader'],
    sent: ['Sent', 'good', 'circle-check'],
    kept: ['Kept here', 'quiet', 'inbox'],
    uncertain: ['Uncertain', 'warning', 'alert-triangle'],
    failed: ['Failed', 'bad', 'circle-x'],
    waiting: ['Waits for a digest', 'waiting', 'clock'],
    digested: ['Told in a digest', 'good', 'circle-check'],
    inbox: ['In the inbox only', 'quiet', 'inbox'],
    withdrawn: ['Not needed any more', 'quiet', 'ban'],
  },
  apiToken: {
    living: ['Living', 'good', 'circle-check'],
    expired: ['Expired', 'quiet', 'clock'],
    revoked: ['Revoked', 'quiet', 'ban'],
  },
  invitation: {
    open: ['Open', 'waiting', 'hourglass'],
    accepted: ['Accepted', 'good', 'circle-check'],
    expired: ['Expired', 'warning', 'clock'],
    revoked: ['Taken back', 'quiet', 'ban'],
  },
  account: {
    invited: ['Invited', 'waiting', 'hourglass'],
    lapsed: ['Invitation expired', 'warning', 'clock'],
    active: ['Active', 'good', 'circle-check'],
  },
} as const satisfies Record<string, Record<string, Look>>;

export type StateOf = keyof typeof states;

interface StatusBadgeProps {
  of: StateOf;
  /** A state as the database and the API say it, such as `inPayment`. */
  state: string;
  /** A short reason beside the word: "short by £1,200.00". */
  reason?: string;
}

/** A state as an icon, a word and a colour. A state it does not know is shown as it is, quietly. */
export function StatusBadge({ of, state, reason }: StatusBadgeProps) {
  const known: Readonly<Record<string, Look>> = states[of];
  const [word, tone, icon] = Object.hasOwn(known, state)
    ? known[state]!
    : ([state, 'quiet', 'circle'] as const);
  return (
    <span class={`tb-status tb-status-${tone}`}>
      <Icon name={icon} />
      {word}
      {reason && <span class="tb-status-reason">{reason}</span>}
    </span>
  );
}
