import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import { pictureAddress } from './inline-pictures.js';
import type { Letter, LetterPicture, LetterTable } from './letter-parts.js';

const colours = {
  ground: '#f6f8f8',
  surface: '#ffffff',
  line: '#e2e8e7',
  text: '#172322',
  quiet: '#566766',
  accent: '#0d635d',
  onAccent: '#ffffff',
};

const font = "font-family:Inter,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
const body = `${font};font-size:16px;line-height:1.55;color:${colours.text}`;
const small = `${font};font-size:13px;line-height:1.5;color:${colours.quiet}`;

/** For clients that know of dark mode; the others show the inline colours. */
const dark = `
  @media (prefers-color-scheme: dark) {
    .ground { background: #0f1515 !important; }
    .surface { background: #161e1e !important; border-color: #263232 !important; }
    .text { color: #e3ebea !important; }
    .quiet { color: #9aabaa !important; }
    .line { border-color: #263232 !important; }
    .mark { color: #63c6bb !important; }
    .button { background: #63c6bb !important; }
    .button-text { color: #072522 !important; }
  }
  @media (max-width: 620px) {
    .pad { padding-left: 20px !important; padding-right: 20px !important; }
    .cell { font-size: 13px !important; }
    .figure { padding-left: 8px !important; }
  }
`;

/** A letter as HTML that mail clients draw alike: tables for layout, styles inline, 600 px wide at most. */
export const letterHtml = (letter: Letter): string =>
  `<!doctype html>${render(<LetterDocument {...letter} />)}`;

function LetterDocument(letter: Letter) {
  return (
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{letter.subject}</title>
        <style>{dark}</style>
      </head>
      <body class="ground" style={`margin:0;padding:0;background:${colours.ground}`}>
        <div style="display:none;max-height:0;overflow:hidden;mso-hide:all">
          {letter.preheader ?? letter.paragraphs[0]}
        </div>
        <Layout style={`background:${colours.ground}`} class="ground">
          <td align="center" style="padding:32px 12px">
            <Layout style="max-width:600px">
              <td
                class="mark"
                style={`${font};padding:0 4px 16px;font-size:17px;font-weight:650;color:${colours.accent}`}
              >
                Tributary
              </td>
            </Layout>
            <Layout
              class="surface"
              style={`max-width:600px;background:${colours.surface};border:1px solid ${colours.line};border-radius:11px`}
            >
              <td class="pad" style="padding:32px 36px">
                <Content {...letter} />
              </td>
            </Layout>
            <Layout style="max-width:600px">
              <td class="quiet" style={`${small};padding:16px 4px 0`}>
                {letter.why}
              </td>
            </Layout>
          </td>
        </Layout>
      </body>
    </html>
  );
}

function Content(letter: Letter) {
  const { subject, greeting, paragraphs, facts, picture, table, action, links = [], closing } = letter;
  return (
    <>
      <h1
        class="text"
        style={`${font};margin:0 0 20px;font-size:21px;line-height:1.3;font-weight:650;color:${colours.text}`}
      >
        {subject}
      </h1>
      <Paragraph text={greeting} />
      {paragraphs.map((text) => (
        <Paragraph text={text} />
      ))}
      {facts && facts.length > 0 && <Facts facts={facts} />}
      {picture && <Picture {...picture} />}
      {table?.title && <SmallHeading text={table.title} />}
      {table && <Figures {...table} />}
      {action && <Button {...action} />}
      {links.length > 0 && <Links links={links} />}
      {closing && <Paragraph text={closing} />}
    </>
  );
}

/** A table that holds nothing but layout, with one row. */
function Layout(props: { class?: string; style?: string; children: ComponentChildren }) {
  return (
    <table
      role="presentation"
      width="100%"
      cellpadding="0"
      cellspacing="0"
      class={props.class}
      style={`width:100%;border-collapse:separate;${props.style ?? ''}`}
    >
      <tbody>
        <tr>{props.children}</tr>
      </tbody>
    </table>
  );
}

function Paragraph({ text }: { text: string }) {
  return (
    <p class="text" style={`${body};margin:0 0 16px`}>
      {text.split('\n').flatMap((line, index) => (index === 0 ? [line] : [<br />, line]))}
    </p>
  );
}

function Facts({ facts }: { facts: [string, string][] }) {
  const cell = `padding:9px 0;border-bottom:1px solid ${colours.line};vertical-align:top`;
  return (
    <table width="100%" cellpadding="0" cellspacing="0" style="width:100%;margin:8px 0 24px">
      <tbody>
        {facts.map(([label, value]) => (
          <tr>
            <th
              class="quiet line"
              align="left"
              scope="row"
              style={`${small};${cell};font-weight:400;padding-right:16px;width:38%`}
            >
              {label}
            </th>
            <td class="text line" style={`${body};${cell};font-size:15px;font-variant-numeric:tabular-nums`}>
              {value}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** On white in dark mode too: its lines are drawn for paper. */
function Picture({ fileName, title, description }: LetterPicture) {
  return (
    <>
      <SmallHeading text={title} />
      <img
        src={pictureAddress(fileName)}
        alt={description}
        width="440"
        style={`${small};display:block;width:100%;max-width:440px;height:auto;margin:0 0 24px;border:0;border-radius:7px;background:#ffffff`}
      />
    </>
  );
}

function SmallHeading({ text }: { text: string }) {
  return (
    <p class="text" style={`${body};margin:8px 0 8px;font-size:15px;font-weight:600`}>
      {text}
    </p>
  );
}

function Figures({ headings, rows, numeric = [], isSummed = false }: LetterTable) {
  const side = (column: number) => (numeric.includes(column) ? ('right' as const) : ('left' as const));
  const gap = (column: number) => (column === 0 ? '0' : '14px');
  const line = `border-bottom:1px solid ${colours.line};vertical-align:top`;
  return (
    <table width="100%" cellpadding="0" cellspacing="0" style="width:100%;margin:8px 0 24px">
      <thead>
        <tr>
          {headings.map((heading, column) => (
            <th
              class="quiet line"
              align={side(column)}
              scope="col"
              style={`${small};${line};padding:8px 0 8px ${gap(column)};font-weight:600`}
            >
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr>
            {row.map((text, column) => (
              <td
                class={`text line cell${numeric.includes(column) ? ' figure' : ''}`}
                align={side(column)}
                style={`${body};${line};padding:9px 0 9px ${gap(column)};font-size:15px;font-variant-numeric:tabular-nums${isSummed && index === rows.length - 1 ? ';font-weight:650' : ''}`}
              >
                {text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Links({ links }: { links: { label: string; url: string }[] }) {
  return (
    <p class="text" style={`${body};margin:0 0 20px;font-size:15px`}>
      {links.flatMap(({ label, url }, index) => [
        ...(index === 0 ? [] : [<br />]),
        <a class="mark" href={url} style={`color:${colours.accent}`}>
          {label}
        </a>,
      ])}
    </p>
  );
}

/** A button that survives clients without rounded corners, and the address under it for those without buttons. */
function Button({ label, url }: { label: string; url: string }) {
  return (
    <>
      <table role="presentation" cellpadding="0" cellspacing="0" style="margin:24px 0 12px">
        <tbody>
          <tr>
            <td class="button" style={`background:${colours.accent};border-radius:7px`}>
              <a
                class="button-text"
                href={url}
                style={`${font};display:inline-block;padding:12px 22px;font-size:16px;font-weight:600;color:${colours.onAccent};text-decoration:none`}
              >
                {label}
              </a>
            </td>
          </tr>
        </tbody>
      </table>
      <p class="quiet" style={`${small};margin:0 0 20px;word-break:break-all`}>
        {url}
      </p>
    </>
  );
}
