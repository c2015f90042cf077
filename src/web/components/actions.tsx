import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.js';

type Weight = 'primary' | 'plain' | 'danger';

const classes: Record<Weight, string> = {
  primary: 'btn btn-primary',
  plain: 'btn',
  danger: 'btn tb-btn-danger',
};

interface ActionLinkProps {
  /** Says what happens or where it leads: "Award a grant". */
  label: string;
  href: string;
  weight?: Weight;
  icon?: IconName;
  small?: boolean;
}

/** A link that looks like a button: it leads to a form, it changes nothing. */
export function ActionLink({ label, href, weight = 'plain', icon, small = false }: ActionLinkProps) {
  return (
    <a class={small ? `${classes[weight]} btn-sm` : classes[weight]} href={href}>
      {icon && <Icon name={icon} />}
      {label}
    </a>
  );
}

interface ActionButtonProps {
  /** Says what happens, with the figures: "Release 2 payments, £48,200.00". */
  label: string;
  action: string;
  csrf: string;
  weight?: Weight;
  icon?: IconName;
  small?: boolean;
  /** Other fields to send, such as the hash of what was seen. */
  fields?: Readonly<Record<string, string>>;
  /** Makes a repeated click harmless. Needed wherever money moves. */
  idempotencyKey?: string;
}

/** A button that does one thing by POST, with nothing else to fill in. */
export function ActionButton(props: ActionButtonProps) {
  const { label, action, csrf, weight = 'plain', icon, small = false, fields = {}, idempotencyKey } = props;
  return (
    <form class="tb-action" method="post" action={action} data-once>
      <input type="hidden" name="_csrf" value={csrf} />
      {idempotencyKey && <input type="hidden" name="_idempotencyKey" value={idempotencyKey} />}
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button class={small ? `${classes[weight]} btn-sm` : classes[weight]} type="submit">
        {icon && <Icon name={icon} />}
        {label}
      </button>
    </form>
  );
}

/** Several actions in a row; the most likely one first. */
export function Actions({ children }: { children: ComponentChildren }) {
  return <div class="tb-actions">{children}</div>;
}
