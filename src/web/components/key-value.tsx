import type { ComponentChildren } from 'preact';

/** Facts as pairs. A pair whose value is null, undefined or false is left out. */
export function KeyValue({
  pairs,
}: {
  pairs: readonly (readonly [label: string, value: ComponentChildren])[];
}) {
  return (
    <dl class="tb-facts">
      {pairs
        .filter(([, value]) => value !== null && value !== undefined && value !== false)
        .map(([label, value]) => (
          <div>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
