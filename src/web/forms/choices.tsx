import { FieldNotes, type FieldProps, type Option } from './fields.js';
import { useField } from './form.js';

interface ChoicesProps extends FieldProps {
  options: readonly Option[];
}

/** Any number of several, all in sight. Its name is sent with "[]", so that one choice still makes a list. */
export function MultiChoiceField(props: ChoicesProps) {
  const field = useField(props.name);
  const chosen: unknown[] = Array.isArray(field.value) ? field.value : [];
  return (
    <Group
      {...props}
      kind="checkbox"
      inputName={`${props.name}[]`}
      isChosen={(value) => chosen.includes(value)}
    />
  );
}

/** One of a few, all in sight: for choices that deserve a sentence each. */
export function RadioField(props: ChoicesProps) {
  const field = useField(props.name);
  return <Group {...props} kind="radio" inputName={props.name} isChosen={(value) => field.value === value} />;
}

interface GroupProps extends ChoicesProps {
  kind: 'checkbox' | 'radio';
  inputName: string;
  isChosen: (value: string) => boolean;
}

function Group({ name, label, help, optional, options, kind, inputName, isChosen }: GroupProps) {
  const { id, error } = useField(name);
  const describedBy = [error ? `${id}-error` : '', help ? `${id}-help` : ''].filter(Boolean).join(' ');
  return (
    <fieldset
      class={error ? 'tb-field tb-field-refused' : 'tb-field'}
      id={id}
      tabIndex={-1}
      aria-describedby={describedBy || undefined}
    >
      <legend class="form-label">
        {label}
        {optional && <span class="tb-optional"> optional</span>}
      </legend>
      <div class="tb-options">
        {options.map((option) => (
          <label class="tb-option">
            <input
              class="form-check-input"
              type={kind}
              name={inputName}
              value={option.value}
              checked={isChosen(option.value)}
            />
            <span>
              {option.label}
              {option.note && <span class="tb-option-note">{option.note}</span>}
            </span>
          </label>
        ))}
      </div>
      <FieldNotes id={id} error={error} help={help} />
    </fieldset>
  );
}

/** Yes or no. Name it in `readForm`'s `flags`, so that "not ticked" is read as false. */
export function CheckboxField({ name, label, help, compact }: FieldProps) {
  const { id, value, error } = useField(name);
  const describedBy = [error ? `${id}-error` : '', help ? `${id}-help` : ''].filter(Boolean).join(' ');
  return (
    <div class={error ? 'tb-field tb-field-refused' : 'tb-field'}>
      <label class="tb-option">
        <input
          class="form-check-input"
          type="checkbox"
          id={id}
          name={name}
          value="true"
          checked={value === true || value === 'true'}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={describedBy || undefined}
        />
        <span class={compact ? 'visually-hidden' : undefined}>{label}</span>
      </label>
      <FieldNotes id={id} error={error} help={help} />
    </div>
  );
}
