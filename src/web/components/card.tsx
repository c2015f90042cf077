import type { ComponentChildren } from 'preact';

interface CardProps {
  title?: string;
  /** A sentence under the title. */
  note?: ComponentChildren;
  /** Links or buttons at the right of the title. */
  actions?: ComponentChildren;
  /** Without inner margins, for a table that reaches the edges. */
  flush?: boolean;
  id?: string;
  children?: ComponentChildren;
}

/** A surface with a title: one matter per card. */
export function Card({ title, note, actions, flush = false, id, children }: CardProps) {
  const heading = id ? `${id}-heading` : undefined;
  return (
    <section class="card tb-card" id={id} aria-labelledby={title ? heading : undefined}>
      {(title || actions) && (
        <header class="tb-card-header">
          <div>
            {title && (
              <h2 class="tb-card-title" id={heading}>
                {title}
              </h2>
            )}
            {note && <p class="tb-card-note">{note}</p>}
          </div>
          {actions && <div class="tb-card-actions">{actions}</div>}
        </header>
      )}
      <div class={flush ? 'tb-card-flush' : 'tb-card-body'}>{children}</div>
    </section>
  );
}

/** Cards one under the other, inside a column. */
export function Stack({ children }: { children: ComponentChildren }) {
  return <div class="tb-stack">{children}</div>;
}

/** Cards side by side: `main` takes two thirds, `even` shares evenly; stacked on a phone. */
export function Columns({
  kind = 'even',
  children,
}: {
  kind?: 'even' | 'main';
  children: ComponentChildren;
}) {
  return <div class={`tb-columns tb-columns-${kind}`}>{children}</div>;
}
