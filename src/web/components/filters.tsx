import type { Option } from '../forms/fields.js';

/** One thing by which a list can be narrowed; its name is the parameter of the API's list. */
export type Filter =
  | { kind: 'choice'; name: string; label: string; options: readonly Option[]; any: string }
  | { kind: 'day'; name: string; label: string }
  | { kind: 'text'; name: string; label: string };

interface FiltersProps {
  /** The address of the list. */
  action: string;
  filters: readonly Filter[];
  /** What is asked for now, by name. What no filter asks for, such as the order, is kept. */
  values: Readonly<Record<string, unknown>>;
}

/** Narrows a list: sends what is chosen as the query of the page, so that it can be kept and sent on. */
export function Filters({ action, filters, values }: FiltersProps) {
  const kept = Object.entries(values).filter(
    ([name, value]) => value !== undefined && !filters.some((filter) => filter.name === name),
  );
  const isNarrowed = filters.some(({ name }) => values[name] !== undefined);
  return (
    <form class="tb-filters" method="get" action={action} role="search" aria-label="Narrow the list">
      {kept.map(([name, value]) => (
        <input type="hidden" name={name} value={String(value)} />
      ))}
      {filters.map((filter) => (
        <label class="tb-filter">
          <span>{filter.label}</span>
          <FilterControl filter={filter} value={values[filter.name]} />
        </label>
      ))}
      <div class="tb-filter-actions">
        <button class="btn" type="submit">
          Show
        </button>
        {isNarrowed && (
          <a class="btn btn-ghost-secondary" href={action}>
            Show all
          </a>
        )}
      </div>
    </form>
  );
}

function FilterControl({ filter, value }: { filter: Filter; value: unknown }) {
  const chosen = typeof value === 'string' ? value : '';
  if (filter.kind === 'day')
    return <input class="form-control" type="date" name={filter.name} value={chosen} />;
  if (filter.kind === 'text')
    return <input class="form-control" type="search" name={filter.name} value={chosen} maxLength={100} />;
  return (
    <select class="form-select" name={filter.name}>
      <option value="">{filter.any}</option>
      {filter.options.map((option) => (
        <option value={option.value} selected={option.value === chosen}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
