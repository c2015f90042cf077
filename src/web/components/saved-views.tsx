import type { PageContext } from '../page-context.js';
import { Icon } from './icon.js';

interface Props {
  page: PageContext;
  /** The address of the list as it is shown now, and without what is asked of it. */
  here: string;
  home: string;
}

/** The views of a list that one keeps under a name, and the way to keep this one. */
export function SavedViews({ page, here, home }: Props) {
  const views = page.views ?? [];
  if (page.person === null || (views.length === 0 && here === home)) return null;
  const current = views.find(({ href }) => href === here);
  return (
    <div class="tb-views">
      {views.map(({ name, href }) => (
        <a class="tb-view" href={href} aria-current={href === here ? 'page' : undefined}>
          {name}
        </a>
      ))}
      {current ? (
        <form method="post" action={`/views/${current.id}/delete`} data-once>
          <input type="hidden" name="_csrf" value={page.csrf} />
          <button class="btn btn-sm btn-ghost-secondary" type="submit">
            <Icon name="trash" />
            Delete “{current.name}”
          </button>
        </form>
      ) : (
        here !== home && <KeepView page={page} here={here} />
      )}
    </div>
  );
}

function KeepView({ page, here }: Omit<Props, 'home'>) {
  return (
    <details class="tb-keep-view">
      <summary class="btn btn-sm">
        <Icon name="plus" />
        Keep this view
      </summary>
      <form method="post" action="/views" data-once>
        <input type="hidden" name="_csrf" value={page.csrf} />
        <input type="hidden" name="address" value={here} />
        <label>
          <span class="visually-hidden">Name of the view</span>
          <input
            class="form-control form-control-sm"
            name="name"
            placeholder="Name of the view"
            maxLength={60}
            required
          />
        </label>
        <button class="btn btn-sm btn-primary" type="submit">
          Keep
        </button>
      </form>
    </details>
  );
}
