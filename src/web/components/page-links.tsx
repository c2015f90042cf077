import type { ComponentChildren } from 'preact';
import { countText, plural } from '../format.js';

interface PaginationProps {
  /** How many are shown, and how many there are. */
  shown: number;
  total: number;
  /** Leads to the next page, if there is one (lists go forward by cursor). */
  nextHref?: string;
  /** Leads back to the first page, if this is not it. */
  firstHref?: string;
  locale: string;
}

/** "50 of 184" and the way on. */
export function Pagination({ shown, total, nextHref, firstHref, locale }: PaginationProps) {
  return (
    <nav class="tb-pagination" aria-label="Pages">
      <span class="tb-quiet">
        {countText(shown, locale)} of {countText(total, locale)}
      </span>
      <span class="tb-pagination-links">
        {firstHref && (
          <a class="btn btn-sm" href={firstHref}>
            Back to the first
          </a>
        )}
        {nextHref && (
          <a class="btn btn-sm" href={nextHref} rel="next">
            Show the next
          </a>
        )}
      </span>
    </nav>
  );
}

/** Under a short list that leaves some out: how many, and the way to all of them. */
export function Rest({ count, href, label }: { count: number; href: string; label: string }) {
  if (count <= 0) return null;
  return (
    <nav class="tb-pagination" aria-label={label}>
      <span class="tb-quiet">and {plural(count, 'more', 'more')}</span>
      <a class="btn btn-sm" href={href}>
        {label}
      </a>
    </nav>
  );
}

export interface Tab {
  label: string;
  href: string;
  count?: number;
}

/** Tabs that are links: each has its own address. `current` is the href of the open one. */
export function Tabs({ label, tabs, current }: { label: string; tabs: readonly Tab[]; current: string }) {
  return (
    <nav class="tb-tabs" aria-label={label}>
      {tabs.map((tab) => (
        <a href={tab.href} aria-current={tab.href === current ? 'page' : undefined}>
          {tab.label}
          {tab.count !== undefined && <span class="tb-count">{tab.count}</span>}
        </a>
      ))}
    </nav>
  );
}

/** The heading of a page: title, a line of facts under it, and what one can do here at the right. */
export function PageHeader({
  title,
  facts,
  children,
}: {
  title: ComponentChildren;
  facts?: ComponentChildren;
  children?: ComponentChildren;
}) {
  return (
    <header class="tb-page-header">
      <div>
        <h1>{title}</h1>
        {facts && <div class="tb-page-facts">{facts}</div>}
      </div>
      {children && <div class="tb-actions">{children}</div>}
    </header>
  );
}
