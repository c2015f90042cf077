import { renderToString } from 'preact-render-to-string';
import type { VNode } from 'preact';

/** A whole page as HTML text. Everything in it was escaped by Preact. */
export function renderPage(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}

/** A part of a page as HTML text, for an htmx swap. */
export function renderFragment(fragment: VNode): string {
  return renderToString(fragment);
}
