import { render } from 'preact-render-to-string';
import { Document, Mark, Shell } from '../shell.js';
import type { PageContext } from '../page-context.js';

export interface PageProblem {
  status: number;
  title: string;
  /** A sentence that says what to do. */
  detail: string;
  requestId: string;
}

/** An error as a page: what happened, what to do, and the request id to tell us. With the shell if we know who asks. */
export function ErrorPage({ problem, page }: { problem: PageProblem; page?: PageContext }) {
  if (page?.person) {
    return (
      <Shell page={{ ...page, title: problem.title }}>
        <ErrorWords problem={problem} />
      </Shell>
    );
  }
  return (
    <Document title={problem.title} plain>
      <main class="tb-plain-main" id="main">
        <a class="tb-brand" href="/">
          <Mark />
          Tributary
        </a>
        <ErrorWords problem={problem} />
      </main>
    </Document>
  );
}

function ErrorWords({ problem }: { problem: PageProblem }) {
  return (
    <div class="tb-error">
      <p class="tb-error-status">{problem.status}</p>
      <h1>{problem.title}</h1>
      <p>{problem.detail}</p>
      <p class="tb-actions">
        <a class="btn btn-primary" href="/">
          Go to my coalitions
        </a>
      </p>
      <p class="tb-error-id">
        Request <code>{problem.requestId}</code>
      </p>
    </div>
  );
}

/** An error as a whole document, for whoever asked with a browser. */
export const drawProblem = (problem: PageProblem): string =>
  `<!doctype html>${render(<ErrorPage problem={problem} />)}`;
