import type { ComponentChildren } from 'preact';
import { Document, Mark } from '../shell.js';

interface PlainPageProps {
  title: string;
  children: ComponentChildren;
  foot?: ComponentChildren;
}

/** A page for somebody we do not know yet: one card, and nothing around it. */
export function PlainPage({ title, children, foot }: PlainPageProps) {
  return (
    <Document title={title} plain>
      <main class="tb-plain-main" id="main">
        <a class="tb-brand" href="/">
          <Mark />
          Tributary
        </a>
        <section class="card tb-card tb-sign-in">
          <h1>{title}</h1>
          {children}
        </section>
        <p class="tb-plain-foot">{foot ?? 'Pooled funding for coalitions, to the cent.'}</p>
      </main>
    </Document>
  );
}
