import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.js';

export interface TimelineMark {
  /** The date, as `<DayText …/>`. */
  when: ComponentChildren;
  title: ComponentChildren;
  /** At the right: usually `<Money …/>`. */
  figure?: ComponentChildren;
  /** A status badge. */
  status?: ComponentChildren;
  note?: ComponentChildren;
  tone?: 'good' | 'active' | 'waiting' | 'warning' | 'bad' | 'quiet';
  icon?: IconName;
  href?: string;
}

/** Marks in time, one under the other. `now` draws a line before the mark with that index. */
export function Timeline({
  label,
  marks,
  now,
}: {
  label: string;
  marks: readonly TimelineMark[];
  now?: number;
}) {
  return (
    <ol class="tb-timeline" aria-label={label}>
      {marks.map((mark, index) => (
        <>
          {index === now && <li class="tb-timeline-now">Today</li>}
          <li class={`tb-timeline-mark tb-timeline-${mark.tone ?? 'quiet'}`}>
            <span class="tb-timeline-dot" aria-hidden="true">
              {mark.icon && <Icon name={mark.icon} />}
            </span>
            <span class="tb-timeline-when">{mark.when}</span>
            <span class="tb-timeline-what">
              {mark.href ? <a href={mark.href}>{mark.title}</a> : mark.title}
              {mark.note && <span class="tb-timeline-note">{mark.note}</span>}
            </span>
            <span class="tb-timeline-status">{mark.status}</span>
            <span class="tb-timeline-figure">{mark.figure}</span>
          </li>
        </>
      ))}
    </ol>
  );
}

export interface Step {
  title: string;
  note?: ComponentChildren;
  state: 'done' | 'current' | 'open';
  href?: string;
}

/** A way of several steps, and where one stands on it. */
export function Steps({ label, steps }: { label: string; steps: readonly Step[] }) {
  return (
    <ol class="tb-steps" aria-label={label}>
      {steps.map((step, index) => (
        <li
          class={`tb-step tb-step-${step.state}`}
          aria-current={step.state === 'current' ? 'step' : undefined}
        >
          <span class="tb-step-number" aria-hidden="true">
            {step.state === 'done' ? <Icon name="check" /> : index + 1}
          </span>
          <span class="tb-step-title">
            {step.href ? <a href={step.href}>{step.title}</a> : step.title}
            {step.state === 'done' && <span class="visually-hidden"> (done)</span>}
          </span>
          {step.note && <span class="tb-step-note">{step.note}</span>}
        </li>
      ))}
    </ol>
  );
}

export interface AuditEntry {
  who: string;
  /** "approved £12,000.00", "changed the due date". */
  what: ComponentChildren;
  /** `<InstantText …/>`. */
  when: ComponentChildren;
  why?: string;
}

/** Every change of state: who, what, when, why. Newest first is the caller's choice. */
export function Audit({ entries }: { entries: readonly AuditEntry[] }) {
  if (entries.length === 0) return <p class="tb-quiet">Nothing has happened here yet.</p>;
  return (
    <ol class="tb-audit">
      {entries.map((entry) => (
        <li>
          <span class="tb-audit-what">
            <strong>{entry.who}</strong> {entry.what}
          </span>
          <span class="tb-audit-when">{entry.when}</span>
          {entry.why && <q class="tb-audit-why">{entry.why}</q>}
        </li>
      ))}
    </ol>
  );
}
