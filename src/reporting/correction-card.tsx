import { ActionButton } from '../web/components/actions.js';
import { Card } from '../web/components/card.js';
import { LongTextField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import type { PageContext } from '../web/page-context.js';
import type { SpendReport } from './spend-reports.read.js';

interface Props {
  page: PageContext;
  report: SpendReport;
  /** The reader reports for this partner, or serves as the backbone. */
  mayCorrect: boolean;
}

/** What a report corrects, or is corrected by; and the way to correct one that was accepted. */
export function CorrectionCard({ page, report, mayCorrect }: Props) {
  const { correctsId, state } = report;
  if (correctsId !== null && state !== 'superseded') return <Corrects {...{ page, report, mayCorrect }} />;
  if (report.correctedById !== null) return <Corrected report={report} />;
  if (state !== 'accepted' || !mayCorrect) return null;
  return (
    <Card title="Something wrong?">
      <details class="tb-more">
        <summary>Correct this report</summary>
        <p>
          A copy is made to be changed, submitted and reviewed. This report counts until the copy is accepted,
          and stays to be read after that.
        </p>
        <Form
          action={`/spend-reports/${report.id}/correct`}
          csrf={page.csrf}
          locale={page.person?.locale ?? 'en-GB'}
          submit="Begin the correction"
          plain
        >
          <LongTextField name="reason" label="Why is it corrected?" rows={3} maxLength={2_000} />
        </Form>
      </details>
    </Card>
  );
}

function Corrects({ page, report, mayCorrect }: Props) {
  const { correctsId, correctionReason, state } = report;
  const mayWithdraw = mayCorrect && (state === 'draft' || state === 'returned');
  return (
    <Card title="A correction" id="correction">
      <blockquote class="tb-comment">{correctionReason}</blockquote>
      <p>
        {state === 'accepted' ? 'It supersedes ' : 'Once accepted, it supersedes '}
        <a href={`/spend-reports/${correctsId}`}>the report that was accepted before</a>.
      </p>
      {mayWithdraw && (
        <ActionButton
          label="Withdraw the correction"
          action={`/spend-reports/${report.id}/withdraw`}
          csrf={page.csrf}
        />
      )}
    </Card>
  );
}

function Corrected({ report: { correctedById, state } }: { report: SpendReport }) {
  return (
    <Card title={state === 'superseded' ? 'Superseded' : 'Being corrected'} id="correction">
      <p>
        {state === 'superseded'
          ? 'It no longer counts, and stays to be read. What counts is '
          : 'It counts until a correction of it is accepted: '}
        <a href={`/spend-reports/${correctedById}`}>the corrected report</a>.
      </p>
    </Card>
  );
}
