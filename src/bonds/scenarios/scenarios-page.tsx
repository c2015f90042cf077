import { ActionLink } from '../../web/components/actions.js';
import { Stack } from '../../web/components/card.js';
import { Form } from '../../web/forms/form.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { BondFrame, localeOf, runsBonds } from '../contracts/bond-frame.js';
import type { Bond } from '../contracts/bonds.read.js';
import { ProjectionView, projectionId } from './projection-view.js';
import { ScenarioFields } from './scenario-fields.js';
import type { NamedProjection } from './scenarios.service.js';

interface Props {
  page: PageContext;
  view: {
    bond: Bond;
    projections: readonly NamedProjection[];
    problem?: string;
    nameOf: (id: string) => string;
    isDrafted: boolean;
  };
  values: Readonly<Record<string, unknown>>;
  refusal?: Refusal;
}

/** What may happen to a bond, and what it comes to: changes at once as one types. */
export function ScenariosPage({ page, view, values, refusal }: Props) {
  const { bond } = view;
  const home = `/bonds/${bond.id}/scenarios`;
  const locale = localeOf(page);
  return (
    <BondFrame
      page={page}
      bond={bond}
      current="scenarios"
      actions={
        runsBonds(page) &&
        view.isDrafted && (
          <ActionLink label="Design the terms" href={`/bonds/${bond.id}/design`} icon="edit" />
        )
      }
    >
      <Stack>
        <ProjectionView {...view} currency={bond.currency} locale={locale} />
        <Form
          action={home}
          csrf={page.csrf}
          locale={locale}
          values={values}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Keep these scenarios"
          live={{ action: `${home}/preview`, id: projectionId }}
        >
          <ScenarioFields currency={bond.currency} names={namesOf(values)} />
        </Form>
      </Stack>
    </BondFrame>
  );
}

export const namesOf = ({ names }: Readonly<Record<string, unknown>>): string =>
  typeof names === 'string' ? names : '';
