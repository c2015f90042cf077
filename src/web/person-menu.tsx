import { Icon } from './components/icon.js';
import type { PageContext, PagePerson } from './page-context.js';
import { roleNames } from './role-names.js';

/** Who is signed in, and the way out. */
export function PersonMenu({ page, person }: { page: PageContext; person: PagePerson }) {
  return (
    <details class="tb-person" data-popover>
      <summary>
        <span class="tb-avatar" aria-hidden="true">
          {initials(person.name)}
        </span>
        <span class="tb-person-words">
          <span class="tb-person-name">{person.name}</span>
          <span class="tb-person-roles">{roleWords(page, person)}</span>
        </span>
        <Icon name="chevron-down" />
      </summary>
      <div class="tb-popover">
        <p class="tb-popover-note">{person.email}</p>
        <a href="/account">My account</a>
        <a href="/account/mail">How I hear of things</a>
        <a href="/account/calendar">My dates in a calendar</a>
        {person.isAdministrator && <a href="/administration">Administration</a>}
        <form method="post" action="/sign-out">
          <input type="hidden" name="_csrf" value={page.csrf} />
          <button type="submit">
            <Icon name="logout" />
            Sign out
          </button>
        </form>
      </div>
    </details>
  );
}

/** "AM" for "Amina Mensah". */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('');
}

function roleWords(page: PageContext, person: PagePerson): string {
  const roles = (page.coalition?.roles ?? []).map((role) => roleNames[role] ?? role);
  return [...roles, ...(person.isAdministrator ? ['Administrator'] : [])].join(', ');
}

/** Light, dark, or as the device says. Script shows it: without script the device decides. */
export function ThemeToggle() {
  return (
    <button
      class="tb-theme"
      type="button"
      data-theme-toggle
      hidden
      aria-label="Switch between light and dark"
    >
      <Icon name="sun-moon" />
    </button>
  );
}
