import { Icon } from '../../web/components/icon.js';
import { coalitionPath } from '../../web/navigation.js';
import { withQuery } from '../../web/read-query.js';
import { hrefOfLink, linkKinds } from '../link-kinds.js';
import type { Segment } from './excerpt.js';
import type { NamedLink } from './links.js';

/** A text with what was found in it marked. */
export function Found({ segments }: { segments: readonly Segment[] }) {
  return <>{segments.map(({ text, isFound }) => (isFound ? <mark class="tb-found">{text}</mark> : text))}</>;
}

/** What an entry is about: each a link to its page. */
export function LinkChips({ links }: { links: readonly NamedLink[] }) {
  if (links.length === 0) return null;
  return (
    <ul class="tb-chips" aria-label="Linked to">
      {links.map((link) => (
        <li>
          <a class="tb-chip" href={hrefOfLink(link)}>
            <span class="tb-chip-kind">{linkKinds.find(({ kind }) => kind === link.kind)?.one}</span>
            {link.title}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The tags of an entry: each a link to all entries that have it. */
export function Tags({ coalitionId, tags }: { coalitionId: string; tags: readonly string[] }) {
  if (tags.length === 0) return null;
  return (
    <ul class="tb-chips" aria-label="Tags">
      {tags.map((tag) => (
        <li>
          <a class="tb-tag" href={withQuery(coalitionPath(coalitionId, 'learning'), { tag })}>
            <Icon name="tag" />
            {tag}
          </a>
        </li>
      ))}
    </ul>
  );
}
