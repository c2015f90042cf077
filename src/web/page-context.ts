import type { DrawCard } from './later-cards.js';
import type { Section } from './navigation.js';

/** The person who looks at the page. */
export interface PagePerson {
  name: string;
  email: string;
  /** BCP 47, such as en-GB: how numbers and dates are written. */
  locale: string;
  isAdministrator: boolean;
}

/** The coalition that the page belongs to, and what its pool can pay out today. */
export interface PageCoalition {
  id: string;
  name: string;
  roles: readonly string[];
  available?: { minor: bigint; currency: string; poolName: string; href?: string };
}

export interface Crumb {
  label: string;
  href?: string;
}

/** What the last action did, shown once on the next page. */
export interface Flash {
  kind: 'done' | 'notice' | 'problem';
  text: string;
}

/** A list as it was narrowed and sorted, kept under a name. */
export interface SavedView {
  id: string;
  name: string;
  href: string;
}

/** What every page needs to know about its surroundings. A controller fills it; `<Shell>` draws it. */
export interface PageContext {
  person: PagePerson | null;
  coalition: PageCoalition | null;
  /** All coalitions the person may see, for the switcher. */
  coalitions: readonly { id: string; name: string }[];
  /** The item of the navigation that the page belongs to. */
  section: Section | null;
  csrf: string;
  flash?: Flash;
  /** How many things wait for this person's decision. */
  needsMe: number;
  /** How many notices in their inbox are new. */
  unread: number;
  title: string;
  breadcrumbs: readonly Crumb[];
  now: Date;
  /** The views of this page that the person keeps. */
  views?: readonly SavedView[];
  /** What later rooms add about the subject of the page. */
  laterCards?: readonly DrawCard[];
  /** Where the search form goes; without it there is no search field. */
  searchHref?: string;
}
