// Shows what was typed as the server would read it (src/maths/typed-amount.ts holds the rule, and decides).

const grouped = /^\d{1,3}(?:([ ',.])\d{3})(?:\1\d{3})*$/;

/** Minor units of what was typed, or null where it cannot be read, or can be read in two ways. */
export function understand(typed, digits) {
  const plain = typed
    .replace(/[\s\u00a0\u2009\u202f]/g, ' ')
    .replace(/\u2019/g, "'")
    .replace(/^([-\u2212]?)\s*(?:[A-Z]{3}|\p{Sc})?\s*(.*?)\s*(?:[A-Z]{3}|\p{Sc})?$/u, '$1$2')
    .trim();
  const body = plain.replace(/^[-\u2212] ?/, '');
  if (!/^\d(?:[\d ',.]*\d)?$/.test(body) || body.length > 60) return null;
  const parts = split(body, digits);
  if (!parts || parts.fraction.length > digits || /\D/.test(parts.fraction)) return null;
  if (/\D/.test(parts.whole) && !grouped.test(parts.whole)) return null;
  const minor = BigInt(parts.whole.replace(/\D/g, '') + parts.fraction.padEnd(digits, '0'));
  return plain === body ? minor : -minor;
}

function split(body, digits) {
  const marks = body.match(/[,.]/g) ?? [];
  const last = Math.max(body.lastIndexOf(','), body.lastIndexOf('.'));
  const whole = { whole: body, fraction: '' };
  const both = { whole: body.slice(0, last), fraction: body.slice(last + 1) };
  if (marks.length === 0) return whole;
  if (marks.length > 1) return marks.filter((mark) => mark === body[last]).length === 1 ? both : whole;
  if (!/^[1-9]\d{0,2}[,.]\d{3}$/.test(body)) return both;
  if (body[last] === ',' && digits < 3) return whole;
  if (body[last] === '.' && digits >= 3) return both;
  return null;
}
