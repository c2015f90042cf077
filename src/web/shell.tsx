import type { ComponentChildren } from 'preact';
import { assetHref } from './assets.js';
import { Icon, type IconName } from './components/icon.js';
import { Notice } from './components/problem.js';
import { moneyText, plural } from './format.js';
import { coalitionPath, navigationFor } from './navigation.js';
import type { Crumb, PageCoalition, PageContext, PagePerson } from './page-context.js';
import { PersonMenu, ThemeToggle } from './person-menu.js';

interface DocumentProps {
  title: string;
  /** Beside the whole width, without navigation: sign-in and the like. */
  plain?: boolean;
  /** What search engines and previews of links say of it: for pages that are public. */
  description?: string;
  children: ComponentChildren;
}

/** The HTML document: assets of our own only, nothing inline, so that the strict content security policy holds. */
export function Document({ title, plain = false, description, children }: DocumentProps) {
  return (
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="htmx-config" content='{"includeIndicatorCSS":false,"noSwap":[204,304,"4xx","5xx"]}' />
        <title>{title === 'Tributary' ? title : `${title} · Tributary`}</title>
        {description && <meta name="description" content={description} />}
        {description && <meta property="og:title" content={title} />}
        {description && <meta property="og:description" content={description} />}
        <link rel="icon" type="image/svg+xml" href={assetHref('icon.svg')} />
        <script src={assetHref('theme.js')} />
        <link rel="stylesheet" href={assetHref('fonts.css')} />
        <link rel="stylesheet" href={assetHref('tabler.css')} />
        <link rel="stylesheet" href={assetHref('tributary.css')} />
        <link rel="stylesheet" href={assetHref('components.css')} />
        <link rel="stylesheet" href={assetHref('rooms.css')} />
        <link rel="stylesheet" href={assetHref('forms.css')} />
        <link rel="stylesheet" href={assetHref('learning.css')} />
        <link rel="stylesheet" href={assetHref('finance-reports.css')} />
        <script src={assetHref('htmx.js')} defer />
        <script src={assetHref('tributary.js')} type="module" />
      </head>
      <body class={plain ? 'tb-plain' : undefined}>{children}</body>
    </html>
  );
}

/** A page inside the product: navigation at the left, the coalition and its balance in sight, then the content. */
export function Shell({ page, children }: { page: PageContext; children: ComponentChildren }) {
  return (
    <Document title={page.coalition ? `${page.title} · ${page.coalition.name}` : page.title}>
      <a class="tb-skip" href="#main">
        Skip to the content
      </a>
      <div class="tb-shell">
        <Sidebar page={page} />
        <div class="tb-page">
          <TopBar page={page} />
          <main class="tb-main" id="main" tabIndex={-1}>
            {page.flash && (
              <Notice
                kind={page.flash.kind === 'problem' ? 'problem' : page.flash.kind}
                text={page.flash.text}
              />
            )}
            {children}
          </main>
        </div>
      </div>
    </Document>
  );
}

function Sidebar({ page }: { page: PageContext }) {
  return (
    <aside class="tb-sidebar">
      <a class="tb-brand" href="/">
        <Mark />
        {page.coalition && <span class="tb-brand-coalition">{page.coalition.name}</span>}
        <span class="tb-brand-name">Tributary</span>
      </a>
      <input class="tb-menu-state" type="checkbox" id="menu" aria-label="Show the navigation" />
      <label class="tb-menu-toggle" for="menu" aria-hidden="true">
        <Icon name="menu-2" />
        Menu
      </label>
      <div class="tb-menu">
        {page.coalitions.length > 0 && <CoalitionSwitcher page={page} />}
        {page.searchHref && <Search action={page.searchHref} inMenu />}
        {page.coalition && <Navigation page={page} coalition={page.coalition} />}
        {!page.coalition && page.person && <HomeNavigation page={page} person={page.person} />}
        {page.person && (
          <div class="tb-sidebar-foot">
            <PersonMenu page={page} person={page.person} />
          </div>
        )}
      </div>
    </aside>
  );
}

/** The brand's mark: streams that run into one. */
export function Mark() {
  return (
    <svg
      class="tb-mark"
      viewBox="0 0 32 32"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      stroke-width="3"
    >
      <path d="M6 5c0 8 10 6 10 14v8M26 5c0 8-10 6-10 14M16 4v12" stroke-linecap="round" />
    </svg>
  );
}

function CoalitionSwitcher({ page }: { page: PageContext }) {
  return (
    <details class="tb-switcher" data-popover>
      <summary>
        <span class="tb-switcher-words">
          <span class="tb-switcher-kind">{page.coalition ? 'Coalition' : 'Portfolio'}</span>
          <span class="tb-switcher-name">{page.coalition?.name ?? 'All my coalitions'}</span>
        </span>
        <Icon name="chevron-down" />
      </summary>
      <ul class="tb-popover">
        <li>
          <a href="/" aria-current={page.coalition ? undefined : 'true'}>
            All my coalitions
          </a>
        </li>
        {page.coalitions.map(({ id, name }) => (
          <li>
            <a href={coalitionPath(id)} aria-current={id === page.coalition?.id ? 'true' : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Navigation({ page, coalition }: { page: PageContext; coalition: PageCoalition }) {
  return (
    <nav class="tb-nav" aria-label="Main">
      <ul>
        {navigationFor(coalition.roles).map(({ section, label, icon }) => (
          <li>
            <a
              href={coalitionPath(coalition.id, section)}
              aria-current={section === page.section ? 'page' : undefined}
            >
              <Icon name={icon} />
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Outside any coalition: all of them, what waits in all of them, and the installation for its administrators. */
function HomeNavigation({ page, person }: { page: PageContext; person: PagePerson }) {
  const items: { href: string; label: string; icon: IconName }[] = [
    { href: '/', label: 'All my coalitions', icon: 'layout-dashboard' },
    { href: '/approvals', label: 'Approvals', icon: 'checks' },
    ...(person.isAdministrator
      ? [{ href: '/administration', label: 'Administration', icon: 'settings' } as const]
      : []),
  ];
  return (
    <nav class="tb-nav" aria-label="Main">
      <ul>
        {items.map(({ href, label, icon }) => (
          <li>
            <a href={href} aria-current={page.breadcrumbs[0]?.label === label ? 'page' : undefined}>
              <Icon name={icon} />
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function TopBar({ page }: { page: PageContext }) {
  return (
    <header class="tb-top">
      <Breadcrumbs crumbs={page.breadcrumbs} />
      <div class="tb-top-right">
        {page.searchHref && <Search action={page.searchHref} />}
        {page.coalition?.available && (
          <Available coalition={page.coalition} locale={page.person?.locale ?? 'en-GB'} />
        )}
        {page.person && mayBeAsked(page) && (
          <a class={page.needsMe > 0 ? 'tb-needs tb-needs-some' : 'tb-needs'} href="/approvals">
            <Icon name="checks" />
            {page.needsMe > 0 ? plural(page.needsMe, 'approval') : 'Approvals'}
            <span class="visually-hidden">
              {page.needsMe > 0 ? ' waiting for you' : ', none waiting for you'}
            </span>
          </a>
        )}
        {page.person && (
          <a class={page.unread > 0 ? 'tb-inbox tb-inbox-some' : 'tb-inbox'} href="/inbox">
            <Icon name="inbox" />
            {page.unread > 0 && <span class="tb-inbox-count">{page.unread > 99 ? '99+' : page.unread}</span>}
            <span class="visually-hidden">
              {page.unread > 0 ? `Inbox: ${plural(page.unread, 'new notice')}` : 'Inbox: nothing new'}
            </span>
          </a>
        )}
        <ThemeToggle />
      </div>
    </header>
  );
}

/** Somebody who only delivers is never asked to approve. */
const mayBeAsked = ({ needsMe, coalition }: PageContext): boolean =>
  needsMe > 0 || !coalition || coalition.roles.some((role) => role !== 'partner');

function Search({ action, inMenu = false }: { action: string; inMenu?: boolean }) {
  return (
    <form class="tb-search" role="search" method="get" action={action}>
      <Icon name="search" />
      <input
        class="form-control"
        type="search"
        name="q"
        aria-label="Search"
        placeholder="Search"
        data-search={!inMenu}
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}

/** What the pool can pay out today: always in sight, and a way down to where it comes from. */
function Available({ coalition, locale }: { coalition: PageCoalition; locale: string }) {
  const { available, id } = coalition;
  if (!available) return null;
  return (
    <a
      class="tb-available"
      href={available.href ?? coalitionPath(id, 'pool')}
      title={`${available.poolName}: available to disburse`}
    >
      <span class="tb-available-label">Available</span>
      <span class="tb-money">{moneyText(available.minor, available.currency, locale)}</span>
    </a>
  );
}

function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav class="tb-crumbs" aria-label="Breadcrumbs">
      <ol>
        {crumbs.map((crumb, index) => (
          <li>
            {crumb.href ? (
              <a href={crumb.href}>{crumb.label}</a>
            ) : (
              <span aria-current={index === crumbs.length - 1 ? 'page' : undefined}>{crumb.label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
