import type { ComponentChildren } from 'preact';
import type { Day } from '../../maths/day.js';
import { ChartFigure } from '../../web/charts/chart-figure.js';
import { curveChart } from '../../web/charts/curve.js';
import { Icon } from '../../web/components/icon.js';
import { dayText, decimalText } from '../../web/format.js';
import { Document, Mark } from '../../web/shell.js';
import { parts } from '../entries/entry-page.js';
import { type Block, readLightText, type Span } from './light-text.js';
import type { SharedCurve, SharedDecision, SharedEntry, ToolkitContent } from './toolkit-content.js';

/** Whoever reads it has not said how they write numbers and dates. */
const locale = 'en-GB';

interface Props {
  content: ToolkitContent;
  /** The day on which it is read: marked in the curves. */
  today: Day;
}

/** A toolkit as everybody sees it, with nothing around it. */
export function PublicToolkitPage({ content, today, publishedOn }: Props & { publishedOn: Day }) {
  return (
    <Document
      title={`${content.title} · ${content.coalition}`}
      description={content.introduction || `What ${content.coalition} shares of what it learnt.`}
    >
      <main class="tb-toolkit" id="main">
        <ToolkitDocument content={content} today={today} />
        <footer class="tb-toolkit-foot">
          <p>
            Published by {content.coalition} on {dayText(publishedOn, locale)}.
          </p>
          <p class="tb-quiet">
            <Mark /> Kept with Tributary
          </p>
        </footer>
      </main>
    </Document>
  );
}

/** What is shared: the pages, the goals with their curves, what was learnt, what was decided. */
export function ToolkitDocument({ content, today }: Props) {
  const { pages, goals, entries, decisions } = content;
  const sections = [
    ...pages.map(({ title, body }, index) => ({
      ...{ id: `page-${index + 1}`, title },
      draw: () => <LightText text={body} />,
    })),
    ...(goals.length > 0
      ? [{ id: 'goals', title: 'Our goals', draw: () => <Goals {...{ content, today }} /> }]
      : []),
    ...(entries.length > 0
      ? [{ id: 'learning', title: 'What we learned', draw: () => <Entries entries={entries} /> }]
      : []),
    ...(decisions.length > 0
      ? [{ id: 'decisions', title: 'What we decided', draw: () => <Decisions decisions={decisions} /> }]
      : []),
  ];
  return (
    <article>
      <header class="tb-toolkit-head">
        <p class="tb-toolkit-from">{content.coalition}</p>
        <h1>{content.title}</h1>
        {content.introduction && (
          <div class="tb-toolkit-lead">
            <LightText text={content.introduction} />
          </div>
        )}
        {sections.length > 1 && (
          <nav aria-label="In this toolkit">
            <ul>
              {sections.map(({ id, title }) => (
                <li>
                  <a href={`#${id}`}>{title}</a>
                </li>
              ))}
            </ul>
          </nav>
        )}
      </header>
      {sections.map(({ id, title, draw }) => (
        <section id={id} aria-labelledby={`${id}-title`}>
          <h2 id={`${id}-title`}>{title}</h2>
          {draw()}
        </section>
      ))}
    </article>
  );
}

function Goals({ content, today }: Props) {
  return (
    <>
      {content.goals.map(({ name, description, horizonOn, curves }) => (
        <div class="tb-toolkit-goal">
          <h3>{name}</h3>
          <p class="tb-quiet">By {dayText(horizonOn, locale)}</p>
          {description && <p class="tb-prose">{description}</p>}
          {curves.map((curve) => (
            <Curve curve={curve} today={today} />
          ))}
        </div>
      ))}
    </>
  );
}

function Curve({ curve, today }: { curve: SharedCurve; today: Day }) {
  const { definition, places, ...drawn } = curve;
  const text = (value: string) => decimalText(value, places, locale);
  const last = curve.readings.at(-1);
  return (
    <div class="tb-toolkit-curve">
      <h4>{curve.name}</h4>
      <p>
        {last ? (
          <>
            <strong class="tb-tile-value">{text(last.value)}</strong> {curve.unit}
            <span class="tb-quiet"> in {last.label}</span>
          </>
        ) : (
          <span class="tb-quiet">Not measured yet, in {curve.unit}.</span>
        )}
      </p>
      <ChartFigure chart={curveChart({ ...drawn, actions: [], today }, { locale, text })} />
      {definition && <p class="tb-quiet">{definition}</p>}
    </div>
  );
}

function Entries({ entries }: { entries: readonly SharedEntry[] }) {
  return (
    <div class="tb-toolkit-entries">
      {entries.map((entry) => (
        <article>
          <h3>{entry.title}</h3>
          <p class="tb-quiet">
            {[dayText(entry.happenedOn, locale), entry.author, ...entry.tags].filter(Boolean).join(' · ')}
          </p>
          <dl class="tb-said">
            {parts
              .filter(({ name }) => entry[name] !== '')
              .map(({ name, label }) => (
                <div>
                  <dt>{label}</dt>
                  <dd class="tb-prose-lines">{entry[name]}</dd>
                </div>
              ))}
          </dl>
        </article>
      ))}
    </div>
  );
}

function Decisions({ decisions }: { decisions: readonly SharedDecision[] }) {
  return (
    <div class="tb-toolkit-entries">
      {decisions.map(({ reference, title, motion, outcome, decidedOn }) => (
        <article>
          <h3>{title}</h3>
          <p class="tb-quiet">
            {reference} · {outcome === 'passed' ? 'passed' : 'not passed'} on {dayText(decidedOn, locale)}
          </p>
          <p class="tb-prose-lines">{motion}</p>
        </article>
      ))}
    </div>
  );
}

/** A text with light mark-up, as elements: nothing in it is ever taken for HTML. */
function LightText({ text }: { text: string }) {
  return (
    <div class="tb-light">
      {readLightText(text).map((block) => (
        <LightBlock block={block} />
      ))}
    </div>
  );
}

function LightBlock({ block }: { block: Block }): ComponentChildren {
  if (block.kind === 'heading')
    return (
      <h3>
        <Spans spans={block.spans} />
      </h3>
    );
  if (block.kind === 'paragraph')
    return (
      <p>
        <Spans spans={block.spans} />
      </p>
    );
  return (
    <ul>
      {block.items.map((item) => (
        <li>
          <Spans spans={item} />
        </li>
      ))}
    </ul>
  );
}

function Spans({ spans }: { spans: readonly Span[] }) {
  return (
    <>
      {spans.map(({ text, isStrong, href }) => {
        if (href !== undefined)
          return (
            <a href={href} rel="noopener nofollow">
              {text}
            </a>
          );
        return isStrong ? <strong>{text}</strong> : text;
      })}
    </>
  );
}

/** A line above a preview that says who sees it. */
export function PreviewBar({ text, backHref }: { text: string; backHref: string }) {
  return (
    <p class="tb-preview-bar">
      <Icon name="eye" />
      {text}
      <a href={backHref}>Back to the toolkit</a>
    </p>
  );
}
