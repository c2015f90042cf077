import { Card } from '../web/components/card.js';
import { History } from '../web/components/history.js';
import type { GrantPageProps } from './grant-decision.js';

/** What happened to a grant, who did it, and why. */
export function GrantHistory({ page, view }: GrantPageProps) {
  return (
    <Card title="What happened">
      <History
        events={view.history}
        actions={{
          'grant.drafted': 'drafted it',
          'grant.changed': 'changed the draft',
          'grant.proposed': 'proposed it',
          'grant.awarded': 'awarded it',
          'grant.declined': 'declined it',
          'grant.cancelled': 'cancelled it',
          'condition.added': 'added a condition',
          'condition.removed': 'took a condition off',
          'condition.met': 'said that a condition is met',
          'condition.matchRaised': 'wrote down match money',
          'condition.waiverAsked': 'asked to waive a condition',
          'condition.waived': 'approved the waiver of a condition',
          'condition.waiverRejected': 'said no to a waiver',
          'grant.suspended': 'suspended it',
          'grant.resumed': 'resumed it',
          'grant.closingAsked': 'asked to close it',
          'grant.closing': 'closed its work',
          'grant.closed': 'closed it for good',
          'grant.closingRejected': 'said no to closing it',
          'grant.returnReceived': 'recorded a return',
          'grant.returnReversed': 'reversed a return',
          'grant.amendmentAsked': 'asked to amend it',
          'grant.amended': 'approved the amendment',
          'grant.amendmentRejected': 'said no to the amendment',
        }}
        fields={{
          condition: 'condition',
          reference: 'reference',
          title: 'title',
          organisation: 'partner',
          mode: 'mode',
          startOn: 'start',
          endOn: 'end',
        }}
        timeZone={view.timeZone}
        locale={page.person?.locale ?? 'en-GB'}
      />
    </Card>
  );
}
