import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { parseTypedDecimal } from '../../maths/decimals.js';
import { MathsError } from '../../maths/maths-error.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { fieldError } from '../../platform/errors/domain-error.js';
import { overseers } from '../../platform/http/access.js';
import { Text } from '../../platform/http/fields.js';
import type { Access } from '../../platform/http/request.js';
import { fileOf, textOf } from '../../platform/http/uploads.js';
import { plural } from '../../web/format.js';
import { actorOf, Pages } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { curvesOf } from '../curve/curves.js';
import { seriesHeading } from '../series/series-view.js';
import { readSeries } from '../series/series.read.js';
import { seriesPath, type SeriesRef } from '../series/series.js';
import { ReadingsQuery } from './reading.dto.js';
import type { ReadingInput } from './reading.rules.js';
import { ReadingsPage, type ReadingsRefusals } from './readings-page.js';
import { listReadings, type Reading } from './readings.read.js';
import { mayRecord, type ReadingOutcome, ReadingsService } from './readings.service.js';

class ReadingForm {
  @Text({ max: 40 }) period!: string;
  /** A dimension and one of its categories, a line each; the whole if left out. */
  @Text({ optional: true, max: 200 }) part?: string;
  @Text({ optional: true, max: 60 }) value?: string;
  @Text({ optional: true, max: 500 }) source?: string;
  @Text({ optional: true, max: 2000 }) method?: string;
  @Text({ optional: true, max: 1000 }) note?: string;
}

class TableForm {
  @Text({ max: 200_000 }) table!: string;
  @Text({ optional: true, max: 1000 }) correction?: string;
}

/** The page on which readings are written down, of indicators and of performance measures. */
@Injectable()
export class ReadingsForms {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly readings: ReadingsService,
  ) {}

  async draw(
    reply: FastifyReply,
    ref: SeriesRef,
    access: Access,
    refusals: ReadingsRefusals = {},
  ): Promise<void> {
    const query = await readQuery(reply, ReadingsQuery);
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const series = await readSeries(tx, ref);
      const { today, timeZone } = await coalitionCalendar(tx, series.coalitionId);
      const [curve] = await curvesOf(tx, ref.kind, [series], { today, timeZone });
      const list = await listReadings(tx, ref, query);
      const may = mayRecord(series, access, tx.actor.personId);
      const seesAll = access.roles.some((role) => overseers.includes(role));
      const seesReport = ({ reportedById }: Reading) =>
        seesAll || (reportedById !== null && access.organisationIds.includes(reportedById));
      return { ...{ curve: curve!, list, query, today, timeZone }, mayRecord: may, seesReport };
    });
    await this.pages.show(reply, seriesHeading(view.curve.series, 'Readings'), (page) => (
      <ReadingsPage page={page} view={view} refusals={refusals} />
    ));
  }

  async record(reply: FastifyReply, ref: SeriesRef, access: Access): Promise<void> {
    await this.pages.submit(reply, {
      input: ReadingForm,
      work: (tx, form) => this.readings.recordOne(tx, ref, access, toInput(form), 'form'),
      done: ({ state }) => ({ to: `${seriesPath(ref)}/readings`, say: saidOf[state] }),
      again: (one) => this.draw(reply, ref, access, { one }),
    });
  }

  async recordTable(reply: FastifyReply, ref: SeriesRef, access: Access): Promise<void> {
    await this.pages.submit(reply, {
      input: TableForm,
      work: (tx, { table: text, correction }) =>
        this.readings.recordTable(tx, ref, access, { text, correction, via: 'paste' }),
      done: (outcomes) => ({ to: `${seriesPath(ref)}/readings`, say: inWords(outcomes) }),
      again: ({ errors, ...table }) =>
        this.draw(reply, ref, access, {
          // Each line that is refused is told at the one field that holds them all.
          table: { ...table, errors: errors.slice(0, 20).map((error) => ({ ...error, pointer: '/table' })) },
        }),
    });
  }

  async recordFile(reply: FastifyReply, ref: SeriesRef, access: Access): Promise<void> {
    const back = `${seriesPath(ref)}/readings`;
    await this.pages.press(reply, {
      work: async (tx) => {
        const text = await textOf(fileOf(reply.request.body));
        return this.readings.recordTable(tx, ref, access, { text, via: 'csv' });
      },
      done: (outcomes) => ({ to: back, say: inWords(outcomes) }),
      back,
    });
  }
}

const saidOf: Record<ReadingOutcome['state'], string> = {
  recorded: 'The reading is written down.',
  corrected: 'The reading is corrected; what stood before is kept.',
  withdrawn: 'The reading is taken back; it is kept in the list.',
  unchanged: 'The same was read already: nothing has changed.',
  refused: 'The reading was refused.',
};

function inWords(outcomes: readonly ReadingOutcome[]): string {
  const count = (state: ReadingOutcome['state']) => outcomes.filter((one) => one.state === state).length;
  const parts = [
    `${plural(count('recorded'), 'reading')} written down`,
    ...(count('corrected') > 0 ? [`${count('corrected')} corrected`] : []),
    ...(count('unchanged') > 0 ? [`${count('unchanged')} as before`] : []),
  ];
  return `${parts.join(', ')}.`;
}

/** @throws ruleBroken naming `/value` */
function toInput({ part, value, ...rest }: ReadingForm): ReadingInput {
  const [dimension, category] = part?.split(/\r?\n/) ?? [];
  return { ...rest, dimension, category, value: value === undefined ? null : readValue(value) };
}

function readValue(text: string): string {
  try {
    return parseTypedDecimal(text);
  } catch (error) {
    if (error instanceof MathsError) throw fieldError('ruleBroken', '/value', error.detail);
    throw error;
  }
}
