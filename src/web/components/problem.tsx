import type { FieldError } from '../../platform/errors/domain-error.js';
import { fieldId, nameFromPointer } from '../forms/field-names.js';
import { Icon } from './icon.js';

interface ProblemProps {
  /** What went wrong, as a sentence. By default it counts the fields. */
  detail?: string;
  errors?: readonly FieldError[];
}

/** The summary at the top of a form that was refused: each line leads to its field. */
export function Problem({ detail, errors = [] }: ProblemProps) {
  const one = errors.length === 1;
  // What the one field says need not be said twice.
  const own = one && errors[0]!.message === detail ? undefined : detail;
  return (
    <div class="tb-problem" role="alert" tabIndex={-1} id="problem">
      <Icon name="alert-circle" />
      <div>
        <h2 class="tb-problem-title">
          {own ?? `${one ? 'One field needs' : `${errors.length} fields need`} a change`}
        </h2>
        {errors.length > 0 && (
          <ul>
            {errors.map((error) => (
              <li>
                <a href={`#${fieldId(nameFromPointer(error.pointer))}`}>{error.message}</a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

/** A plain notice inside a page: something to know, or something that stands in the way. */
export function Notice({
  kind = 'notice',
  text,
}: {
  kind?: 'notice' | 'done' | 'warning' | 'problem';
  text: string;
}) {
  const icon = {
    notice: 'info-circle',
    done: 'circle-check',
    warning: 'alert-triangle',
    problem: 'alert-circle',
  } as const;
  return (
    <div class={`tb-notice tb-notice-${kind}`} role={kind === 'problem' ? 'alert' : 'status'}>
      <Icon name={icon[kind]} />
      <p>{text}</p>
    </div>
  );
}
