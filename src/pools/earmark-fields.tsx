import { ChoiceField, type Option } from '../web/forms/fields.js';

interface Props {
  goals: readonly Option[];
  grants: readonly Option[];
  /** What it means to choose neither. */
  nothing: string;
}

/** What money is restricted to: a goal or a grant. Nothing is asked where there is nothing to choose. */
export function EarmarkFields({ goals, grants, nothing }: Props) {
  return (
    <>
      {goals.length > 0 && (
        <ChoiceField
          name="earmarkGoalId"
          label="Restricted to a goal"
          options={goals}
          placeholder={nothing}
          optional
        />
      )}
      {grants.length > 0 && (
        <ChoiceField
          name="earmarkGrantId"
          label="Restricted to a grant"
          options={grants}
          placeholder={nothing}
          optional
        />
      )}
    </>
  );
}
