import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Allow, overseers } from '../../../platform/http/access.js';
import { readPoolOfPage } from '../../../pools/pool-view.js';
import { coalitionPath } from '../../../web/navigation.js';
import { actorOf, Pages, type Refusal } from '../../../web/pages.js';
import { readQuery } from '../../../web/read-query.js';
import { readPoolAccount } from '../../pool-accounts/pool-accounts.read.js';
import { BankStatementsService } from '../bank-statements.service.js';
import { outcomeInWords } from '../outcome-in-words.js';
import { guessTerms } from './csv-guess.js';
import {
  columnsOf,
  CsvMappingForm,
  CsvPreviewForm,
  CsvShapeQuery,
  shapeOfForm,
  toSaved,
  toTerms,
} from './csv-mapping-form.dto.js';
import { CsvMappingPage, type CsvMappingView } from './csv-mapping-page.js';
import {
  type CsvEncoding,
  type CsvShape,
  type CsvTerms,
  type Delimiter,
  delimiters,
  encodings,
} from './csv-mapping.rules.js';
import { readCsvMapping } from './csv-mappings.read.js';
import { CsvMappingsService } from './csv-mappings.service.js';
import { readSample, shapeOf, understand } from './csv-sample.js';
import { forgetWaiting, readWaiting } from './waiting-bank-files.js';

@Controller()
export class CsvMappingsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly mappings: CsvMappingsService,
    private readonly statements: BankStatementsService,
  ) {}

  @Get('pools/:poolId/csv-mappings/new')
  @Allow('pool', 'finance')
  async form(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    const asked = await readQuery(reply, CsvShapeQuery);
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const file = await readWaiting(tx, poolId);
      if (!file) return null;
      const guessed = shapeOf(file.content);
      return this.viewOfFile(tx, poolId, { ...guessed, ...asked });
    });
    if (view) return this.draw(reply, view);
    const sentence = 'Choose the file first: from it one sees what its columns are.';
    await this.pages.refuse(reply, `/pools/${poolId}/bank`, sentence);
  }

  @Post('pools/:poolId/csv-mappings/preview')
  @HttpCode(200)
  @Allow('pool', 'finance')
  async preview(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: CsvPreviewForm,
      work: (tx, input) => this.viewOfFile(tx, poolId, shapeOfForm(input), toTerms(input)),
      done: (view, values) => ({
        draw: () => this.draw(reply, view && { ...view, ...{ names: columnsOf(values).names, values } }),
      }),
      again: (refusal) => {
        // That it cannot be understood so is what was asked.
        void reply.status(200);
        return this.drawAgain(reply, poolId, refusal);
      },
    });
  }

  @Post('pools/:poolId/csv-mappings')
  @Allow('pool', 'finance')
  async save(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: CsvMappingForm,
      money: true,
      work: async (tx, input) => {
        const { id, name } = await this.mappings.save(tx, poolId, toSaved(input));
        const file = await readWaiting(tx, poolId);
        if (!file) return { said: `“${name}” is saved.` };
        const outcome = await this.statements.importFile(tx, poolId, file, id);
        await forgetWaiting(tx, poolId);
        return { said: `“${name}” is saved. ${outcomeInWords(outcome)}` };
      },
      done: ({ said }) => ({ to: `/pools/${poolId}/bank`, say: said }),
      again: (refusal) => this.drawAgain(reply, poolId, refusal),
    });
  }

  @Get('csv-mappings/:csvMappingId')
  @Allow('csvMapping', ...overseers)
  async show(@Res() reply: FastifyReply, @Param('csvMappingId') mappingId: string): Promise<void> {
    await this.drawMapping(reply, mappingId);
  }

  @Post('csv-mappings/:csvMappingId')
  @Allow('csvMapping', 'finance')
  async change(@Res() reply: FastifyReply, @Param('csvMappingId') mappingId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: CsvMappingForm,
      work: (tx, input) => this.mappings.change(tx, mappingId, input.version ?? 0, toSaved(input)),
      done: ({ poolId, name }) => ({ to: `/pools/${poolId}/bank`, say: `“${name}” is changed.` }),
      again: (refusal) => this.drawMapping(reply, mappingId, refusal),
    });
  }

  @Post('csv-mappings/:csvMappingId/remove')
  @Allow('csvMapping', 'finance')
  async remove(@Res() reply: FastifyReply, @Param('csvMappingId') mappingId: string): Promise<void> {
    await this.pages.press(reply, {
      work: (tx) => this.mappings.remove(tx, mappingId),
      done: ({ poolId, name }) => ({ to: `/pools/${poolId}/bank`, say: `“${name}” is forgotten.` }),
      back: `/csv-mappings/${mappingId}`,
    });
  }

  /** The file that waits, read in a shape; null where none waits. Without terms, what its columns are is guessed. */
  private async viewOfFile(
    tx: Tx,
    poolId: string,
    shape: CsvShape,
    said?: CsvTerms,
  ): Promise<CsvMappingView | null> {
    const file = await readWaiting(tx, poolId);
    if (!file) return null;
    const pool = await readPoolOfPage(tx, poolId);
    const sample = await readSample(file.content, shape);
    const terms = said ?? guessTerms(shape, sample.names, sample.rows);
    const account = (await readPoolAccount(tx, poolId))?.iban ?? '';
    const values = valuesOf(terms, sample.names, { account });
    const understanding =
      sample.problem === null ? await understand(file.content, terms, pool.currency) : null;
    return { pool, mapping: null, file, sample, understanding, names: sample.names, values };
  }

  private async drawAgain(reply: FastifyReply, poolId: string, refusal: Refusal): Promise<void> {
    const { names, pointerOf } = columnsOf(refusal.values);
    const errors = refusal.errors.map((error) => ({ ...error, pointer: pointerOf(error.pointer) }));
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const file = await readWaiting(tx, poolId);
      if (!file) return null;
      const shape = { ...shapeOf(file.content), ...shapeOfValues(refusal.values) };
      const read = await this.viewOfFile(tx, poolId, shape);
      const problem = refusal.errors[0]?.message ?? refusal.detail;
      return read && { ...read, names, values: refusal.values, understanding: { lines: [], problem } };
    });
    await this.draw(reply, view, { ...refusal, errors });
  }

  private async drawMapping(reply: FastifyReply, mappingId: string, refusal?: Refusal): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx): Promise<CsvMappingView> => {
      const mapping = await readCsvMapping(tx, mappingId);
      const pool = await readPoolOfPage(tx, mapping.poolId);
      const file = await readWaiting(tx, mapping.poolId);
      const sample = file ? await readSample(file.content, mapping) : null;
      const own = mapping.columns.map(({ column }) => column);
      const names = [...own, ...(sample?.names ?? []).filter((name) => !own.includes(name))];
      const { name, account } = mapping;
      return {
        ...{ pool, mapping, file, sample, names, values: valuesOf(mapping, names, { name, account }) },
        understanding:
          file && sample?.problem === null ? await understand(file.content, mapping, pool.currency) : null,
      };
    });
    const pointerOf = refusal ? columnsOf(refusal.values).pointerOf : (pointer: string) => pointer;
    await this.draw(
      reply,
      view,
      refusal && {
        ...refusal,
        errors: refusal.errors.map((error) => ({ ...error, pointer: pointerOf(error.pointer) })),
      },
    );
  }

  private async draw(reply: FastifyReply, view: CsvMappingView | null, refusal?: Refusal): Promise<void> {
    if (!view) return this.pages.refuse(reply, '/', 'The file is gone. Choose it again.');
    const { pool, mapping } = view;
    const title = mapping?.name ?? 'What each column is';
    const crumbs = [
      { label: 'Payments', href: coalitionPath(pool.coalitionId, 'payments') },
      { label: `Bank of ${pool.name}`, href: `/pools/${pool.id}/bank` },
      { label: title },
    ];
    await this.pages.show(reply, { title, section: 'payments', crumbs }, (page) => (
      <CsvMappingPage page={page} view={view} refusal={refusal} />
    ));
  }
}

const valuesOf = (
  { columns, ...terms }: CsvTerms,
  names: readonly string[],
  more: { name?: string; account: string },
): Record<string, unknown> => ({
  ...more,
  ...{ delimiter: terms.delimiter, encoding: terms.encoding, headingLine: terms.headingLine },
  ...{ dateFormat: terms.dateFormat, decimalMark: terms.decimalMark, thousandsMark: terms.thousandsMark },
  columns: names.map((column) => ({ column, is: columns.find((each) => each.column === column)?.is })),
});

/** The shape that a refused form had; what of it is no shape is left out. */
function shapeOfValues({ delimiter, encoding, headingLine }: Refusal['values']): Partial<CsvShape> {
  const line = Number(headingLine);
  return {
    ...(delimiters.includes(delimiter as Delimiter) && { delimiter: delimiter as Delimiter }),
    ...(encodings.includes(encoding as CsvEncoding) && { encoding: encoding as CsvEncoding }),
    ...(Number.isInteger(line) && line >= 0 && line <= 100 && { headingLine: line }),
  };
}
