import { InstantText } from '../web/components/dates.js';
import { Icon } from '../web/components/icon.js';
import { HiddenField, LongTextField } from '../web/forms/fields.js';
import { commentableFields } from './report-comments.rules.js';
import type { SpendReport } from './spend-reports.read.js';

interface Props {
  report: SpendReport;
  pointer: string;
  locale: string;
  /** Leaves out what is done: where one writes, only what is still asked for matters. */
  openOnly?: boolean;
}

/** What reviewers asked for at this field, beside it. */
export function CommentsAt({ report, pointer, locale, openOnly = false }: Props) {
  const comments = report.comments.filter(
    (comment) => comment.pointer === pointer && !(openOnly && comment.doneAt !== null),
  );
  return (
    <>
      {comments.map(({ id, comment, madeBy, madeAt, doneAt }) => (
        <div class={doneAt ? 'tb-comment tb-comment-done' : 'tb-comment'} id={`comment-${id}`}>
          {comment}
          <p class="tb-quiet">
            {madeBy}, <InstantText at={madeAt} timeZone={report.timeZone} locale={locale} />
            {doneAt && (
              <>
                {' · '}
                <Icon name="check" /> done, submitted again{' '}
                <InstantText at={doneAt} timeZone={report.timeZone} locale={locale} />
              </>
            )}
          </p>
        </div>
      ))}
    </>
  );
}

/** In the form of a return: a comment for each field, for those that need one. */
export function CommentFields({ report, isOpen }: { report: SpendReport; isOpen: boolean }) {
  return (
    <details class="tb-more" open={isOpen}>
      <summary>Comment at a field</summary>
      {commentableFields(report).map(({ pointer, label }, index) => (
        <>
          <HiddenField name={`fields[${index}].pointer`} value={pointer} />
          <LongTextField
            name={`fields[${index}].comment`}
            label={label}
            rows={2}
            maxLength={2_000}
            optional
            quiet
          />
        </>
      ))}
    </details>
  );
}
