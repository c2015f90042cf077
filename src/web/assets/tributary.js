// Enhancement only: every page works without this file. Nothing here decides; the server does.
import { checkFiles } from './check-file.js';
import { understand } from './understand.js';

const each = (selector, act, root = document) => root.querySelectorAll(selector).forEach(act);

// "/" goes to the search field; Escape closes what is open.
document.addEventListener('keydown', (event) => {
  const typing = event.target.closest('input, textarea, select, [contenteditable]');
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = document.querySelector('[data-search]');
    if (!search) return;
    event.preventDefault();
    search.focus();
  }
  if (event.key === 'Escape') {
    const open = event.target.closest('details[data-popover][open]');
    if (!open) return;
    open.open = false;
    open.querySelector('summary').focus();
  }
});

document.addEventListener('click', (event) => {
  each('details[data-popover][open]', (details) => {
    if (!details.contains(event.target)) details.open = false;
  });
  const copy = event.target.closest('[data-copy]');
  if (copy) void navigator.clipboard.writeText(copy.dataset.copy).then(() => say(copy, 'Copied'));
});

function say(button, words) {
  const before = button.textContent;
  button.textContent = words;
  setTimeout(() => (button.textContent = before), 1500);
}

// Light, dark: the first press turns away from what the device says; the choice is kept on this device.
each('[data-theme-toggle]', (button) => {
  button.hidden = false;
  button.addEventListener('click', () => {
    const root = document.documentElement;
    const dark =
      root.dataset.bsTheme === 'dark' ||
      (!root.dataset.bsTheme && matchMedia('(prefers-color-scheme: dark)').matches);
    root.dataset.bsTheme = dark ? 'light' : 'dark';
    localStorage.setItem('theme', root.dataset.bsTheme);
  });
});

// A changed form asks before it is left; a submitted one is submitted once.
const changed = new Set();
document.addEventListener('input', (event) => {
  const form = event.target.closest('form[data-guard]');
  if (form) changed.add(form);
  if (event.target.matches('[data-amount]')) showUnderstood(event.target);
  const rows = event.target.closest('[data-rows]');
  if (rows) showTotal(rows);
  const split = event.target.closest('[data-split]');
  if (split) fillPart(split, event.target);
  const balance = event.target.closest('[data-balance]');
  if (balance) showBalance(balance);
});
// Saved in passing: nothing would be lost now.
document.addEventListener('htmx:after:swap', () => {
  each('[data-check-file][hidden]', checkFiles);
  for (const form of changed) if (form.querySelector('[data-saved]')) changed.delete(form);
});
addEventListener('beforeunload', (event) => {
  if (changed.size > 0) event.preventDefault();
});
document.addEventListener('submit', (event) => {
  const form = event.target;
  changed.delete(form);
  if (!form.matches('[data-once]')) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = 'yes';
  each('button[type=submit]', (button) => button.setAttribute('aria-busy', 'true'), form);
});
// A page taken back from the browser's memory may be sent again.
addEventListener('pageshow', () =>
  each('form[data-sent]', (form) => {
    delete form.dataset.sent;
    each('[aria-busy]', (button) => button.removeAttribute('aria-busy'), form);
  }),
);

function showUnderstood(input) {
  const output = document.getElementById(`${input.id}-understood`);
  if (!output) return;
  const minor = understand(input.value, Number(input.dataset.digits));
  output.value = minor === null ? '' : moneyText(minor, input);
}

/** "1250.00", from minor units. */
function majorText(minor, digits) {
  const text = minor
    .toString()
    .replace('-', '')
    .padStart(digits + 1, '0');
  const point = text.length - digits;
  return (minor < 0n ? '-' : '') + text.slice(0, point) + (digits ? `.${text.slice(point)}` : '');
}

function moneyText(minor, { dataset: { amount: currency, digits, locale } }) {
  const decimal = majorText(minor, Number(digits));
  return new Intl.NumberFormat(locale, { style: 'currency', currency })
    .format(decimal)
    .replace('-', '\u2212');
}

each('[data-check-file]', checkFiles);

// Rows: add, remove, total, paste a table.
each('[data-rows]', (rows) => {
  const body = rows.querySelector('tbody');
  const add = rows.querySelector('[data-add-row]');
  add.hidden = false;
  each('[data-remove-row]', (button) => (button.hidden = false), body);
  rows.dataset.next = String(body.children.length);
  add.addEventListener('click', () => addRow(rows)?.querySelector('input, select').focus());
  body.addEventListener('click', (event) => {
    const row = event.target.closest('[data-remove-row]')?.closest('[data-row]');
    if (!row) return;
    row.remove();
    add.focus();
    showTotal(rows);
    if (rows.matches('[data-split]')) showRemaining(rows);
  });
  body.addEventListener('paste', (event) => pasteTable(event, rows));
  showTotal(rows);
});

function addRow(rows) {
  const body = rows.querySelector('tbody');
  if (body.children.length >= Number(rows.dataset.most)) return null;
  const row = rows.querySelector('template').content.firstElementChild.cloneNode(true);
  // Never the index of another row, not even of a removed one.
  const index = rows.dataset.next;
  rows.dataset.next = String(Number(index) + 1);
  for (const element of [row, ...row.querySelectorAll('*')]) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes('999')) element.setAttribute(name, value.replaceAll('999', index));
    }
  }
  each('[data-remove-row]', (button) => (button.hidden = false), row);
  body.append(row);
  return row;
}

function pasteTable(event, rows) {
  const text = event.clipboardData.getData('text/plain').replace(/\r/g, '').replace(/\n$/, '');
  if (!/[\t\n]/.test(text)) return;
  event.preventDefault();
  let row = event.target.closest('[data-row]');
  const firstCell = event.target.closest('td').cellIndex;
  for (const line of text.split('\n')) {
    row ??= addRow(rows);
    if (!row) return;
    line.split('\t').forEach((value, offset) => {
      const field = row.cells[firstCell + offset]?.querySelector('input, select');
      if (field) field.value = value.trim();
    });
    row = row.nextElementSibling;
  }
  event.target.dispatchEvent(new Event('input', { bubbles: true }));
}

function showTotal(rows) {
  const output = rows.querySelector('[data-total]');
  if (!output) return;
  const inputs = [...rows.querySelectorAll(`tbody input[data-amount][name$=".${output.dataset.total}"]`)];
  const total = sumOf(inputs);
  output.value = total === null || inputs.length === 0 ? '' : `Total ${moneyText(total, inputs[0])}`;
}

/** Minor units of what was typed, all together; null where one cannot be read. Nothing typed is nothing. */
function sumOf(inputs) {
  const amounts = inputs.map((input) =>
    input.value.trim() ? understand(input.value, Number(input.dataset.digits)) : 0n,
  );
  return amounts.includes(null) ? null : amounts.reduce((sum, amount) => sum + amount, 0n);
}

// What is left of a balance as one types what was spent of it.
each('[data-balance]', showBalance);

function showBalance(balance) {
  const inputs = [...balance.querySelectorAll('input[data-amount]')];
  const spent = sumOf(inputs);
  if (spent === null || inputs.length === 0) return;
  const left = BigInt(balance.dataset.balance) - spent;
  balance.querySelector('[data-spent]').value = moneyText(spent, inputs[0]);
  const closing = balance.querySelector('[data-closing]');
  closing.value = moneyText(left, inputs[0]);
  closing.classList.toggle('tb-short', left < 0n);
}

// What is left of a line of the bank as one says what its parts are.
each('[data-split]', showRemaining);

/** A part that is chosen takes its own amount, or all that is left; then what remains is shown. */
function fillPart(split, field) {
  const amount = field.closest('[data-row]')?.querySelector('input[data-amount]');
  if (field.matches('select') && field.value && amount && !amount.value.trim()) {
    const { whole, sign } = field.selectedOptions[0].dataset;
    const left = remainingOf(split) ?? 0n;
    const rest = sign === '-' ? -left : left;
    amount.value = whole ?? (rest > 0n ? majorText(rest, Number(amount.dataset.digits)) : '');
    showUnderstood(amount);
  }
  showRemaining(split);
}

function remainingOf(split) {
  let left = BigInt(split.dataset.split);
  for (const row of split.querySelectorAll('tbody [data-row]')) {
    const input = row.querySelector('input[data-amount]');
    if (!input.value.trim()) continue;
    const minor = understand(input.value, Number(input.dataset.digits));
    if (minor === null) return null;
    left -= row.querySelector('select').selectedOptions[0].dataset.sign === '-' ? -minor : minor;
  }
  return left;
}

function showRemaining(split) {
  const output = split.querySelector('[data-remaining]');
  const left = remainingOf(split);
  output.value =
    left === null
      ? ''
      : left === 0n
        ? 'Nothing is left'
        : `${moneyText(left, split.querySelector('input[data-amount]'))} left`;
  output.classList.toggle('tb-short', left !== 0n);
}

document.getElementById('problem')?.focus();
