import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.js';

export interface EmptyStateProps {
  title: string;
  /** Teaches the next step, in a sentence. */
  text?: ComponentChildren;
  action?: { label: string; href: string };
  icon?: IconName;
}

/** What stands where there is nothing yet: what this place is for, and the next step. */
export function EmptyState({ title, text, action, icon = 'inbox' }: EmptyStateProps) {
  return (
    <div class="tb-empty">
      <Icon name={icon} />
      <p class="tb-empty-title">{title}</p>
      {text && <p class="tb-empty-text">{text}</p>}
      {action && (
        <a class="btn" href={action.href}>
          {action.label}
        </a>
      )}
    </div>
  );
}
