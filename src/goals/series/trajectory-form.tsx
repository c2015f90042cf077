import { Card } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { HiddenField, TextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import type { WholeSeries } from './series.dto.js';
import { PointsField } from './series-form.js';
import { seriesPath } from './series.js';

interface Props {
  page: PageContext;
  whole: WholeSeries;
  refusal?: Refusal;
  retireRefusal?: Refusal;
}

/** Where it should be, where its people say it will be; and, below, that it is measured no more. */
export function TrajectoryFormPage({ page, whole, refusal, retireRefusal }: Props) {
  const { series, trajectory } = whole;
  const path = seriesPath(series);
  const values: Record<string, unknown> = refusal?.values ?? {
    targets: trajectory.target,
    forecast: trajectory.forecast,
  };
  const form = { csrf: page.csrf, locale: page.person?.locale ?? 'en-GB' };
  const version = typeof values.version === 'string' ? values.version : String(series.version);
  return (
    <Shell page={page}>
      <PageHeader title="Targets and forecast" facts={`${series.name} · ${series.unit}`} />
      <Card>
        <Form
          {...form}
          action={`${path}/trajectory`}
          values={values}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Set them"
          cancelHref={path}
        >
          <HiddenField name="version" value={version} />
          <PointsField
            name="targets"
            legend="Targets"
            help="Where it should be. From the baseline on, and between two targets, the line is straight."
          />
          <PointsField
            name="forecast"
            legend="Stated forecast"
            help="Where you expect it to be, if nothing more is done. The curve also shows where it goes if it goes on as it did."
          />
          <TextField
            name="reason"
            label="Why"
            maxLength={500}
            help="Kept in the history, with what stood before."
          />
        </Form>
      </Card>
      <Card title="Measure it no more" note="What was read of it stays; it leaves the scorecard">
        <Form
          {...form}
          action={`${path}/retire`}
          values={retireRefusal?.values ?? {}}
          errors={retireRefusal?.errors}
          detail={retireRefusal?.detail}
          submit="Retire it"
          plain
        >
          <HiddenField name="version" value={String(series.version)} />
          <TextField name="reason" label="Why" maxLength={500} />
        </Form>
      </Card>
    </Shell>
  );
}
