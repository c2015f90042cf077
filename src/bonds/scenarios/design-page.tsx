import { Columns } from '../../web/components/card.js';
import { HiddenField, type Option } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { BondFrame, localeOf } from '../contracts/bond-frame.js';
import type { Bond } from '../contracts/bonds.read.js';
import { TermsFields } from '../contracts/terms-form.js';
import { ProjectionView, projectionId } from './projection-view.js';
import { ScenarioFields } from './scenario-fields.js';
import { namesOf } from './scenarios-page.js';
import type { NamedProjection } from './scenarios.service.js';

interface Props {
  page: PageContext;
  view: {
    bond: Bond;
    projections: readonly NamedProjection[];
    problem?: string;
    nameOf: (id: string) => string;
    organisations: readonly Option[];
  };
  values: Readonly<Record<string, unknown>>;
  refusal?: Refusal;
}

/** Building a contract: rate card, caps, payers and tiers, with scenarios beside that change as one types. */
export function DesignPage({ page, view, values, refusal }: Props) {
  const { bond, organisations } = view;
  const home = `/bonds/${bond.id}/design`;
  const locale = localeOf(page);
  return (
    <BondFrame page={page} bond={bond} current="scenarios">
      <Columns kind="main">
        <Form
          action={home}
          csrf={page.csrf}
          locale={locale}
          values={values}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Save the draft and its scenarios"
          cancelHref={`/bonds/${bond.id}`}
          live={{ action: `${home}/preview`, id: projectionId }}
        >
          {typeof values.version === 'string' && <HiddenField name="version" value={values.version} />}
          <ScenarioFields currency={bond.currency} names={namesOf(values)} />
          <TermsFields currency={bond.currency} organisations={organisations} people={[]} />
        </Form>
        <div class="tb-beside">
          <ProjectionView {...view} currency={bond.currency} locale={locale} />
        </div>
      </Columns>
    </BondFrame>
  );
}
