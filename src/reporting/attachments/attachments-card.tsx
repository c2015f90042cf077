import { ActionButton } from '../../web/components/actions.js';
import { AddFileForm, AttachedFiles } from '../../web/components/attached-files.js';
import { Card } from '../../web/components/card.js';
import type { PageContext } from '../../web/page-context.js';
import type { SpendReport } from '../spend-reports.read.js';

interface Props {
  page: PageContext;
  report: SpendReport;
  /** Whether the reader may attach files, and take them off. */
  mayWrite: boolean;
}

/** The files of a report; nothing where there are none and none can be added. */
export function AttachmentsCard({ page, report, mayWrite }: Props) {
  const { id, attachments, timeZone } = report;
  if (attachments.length === 0 && !mayWrite) return null;
  const remove = (attachmentId: string) => (
    <ActionButton
      label="Take it off"
      action={`/spend-reports/${id}/attachments/${attachmentId}/remove`}
      csrf={page.csrf}
      small
    />
  );
  return (
    <Card
      title="Attachments"
      note={
        mayWrite ? 'A photo, a list of receipts: if you like' : 'Kept as they were sent, by their SHA-256'
      }
      id="attachments"
    >
      {attachments.length > 0 && (
        <AttachedFiles
          files={attachments}
          home={`/api/v1/spend-reports/${id}/attachments`}
          timeZone={timeZone}
          locale={page.person?.locale ?? 'en-GB'}
          actions={mayWrite ? (file) => remove(file.id) : undefined}
        />
      )}
      {mayWrite && (
        <AddFileForm
          action={`/spend-reports/${id}/attachments`}
          csrf={page.csrf}
          hint="They stay with the report from when it is submitted."
        />
      )}
    </Card>
  );
}
