import { Injectable } from '@nestjs/common';
import { isCurrency } from '../../maths/money.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError, notFound } from '../../platform/errors/domain-error.js';
import { listPage, type Page } from '../../platform/http/list.js';
import type { Role } from '../../platform/http/request.js';
import type {
  FunderReportSettingsAnswer,
  SetFunderReportSettings,
  StatedRateAnswer,
  StatedRatesQuery,
  StateRate,
} from './funder-report.dto.js';

const rates = `SELECT r.id, r.from_currency AS "fromCurrency", r.to_currency AS "toCurrency", r.rate::text, r.stated_on AS "statedOn",
    r.source, p.name AS "madeBy", r.made_at AS "madeAt"
  FROM stated_rates r JOIN persons p ON p.id = r.made_by`;

/** How each funder reads the reports of a coalition, and the rates that are stated for it. */
@Injectable()
export class FunderReportSettingsService {
  /** Before anybody says so: calendar years, each grant in its own currency, in English. @throws notFound */
  async read(tx: Tx, coalitionId: string, organisationId: string): Promise<FunderReportSettingsAnswer> {
    const funder = await tx.row(`SELECT 1 FROM organisations WHERE coalition_id = $1 AND id = $2`, [
      coalitionId,
      organisationId,
    ]);
    if (!funder) throw notFound('organisation');
    const kept = await tx.row<FunderReportSettingsAnswer>(
      `SELECT organisation_id AS "organisationId", start_month AS "startMonth", currency, language, version
       FROM funder_report_settings WHERE coalition_id = $1 AND organisation_id = $2`,
      [coalitionId, organisationId],
    );
    return kept ?? { organisationId, startMonth: 1, currency: null, language: 'en', version: 1 };
  }

  /**
   * Says how a funder reads reports: those who run the coalition for any, a funder’s people for their own.
   * @throws forbidden, staleVersion; ruleBroken naming the currency
   */
  async set(
    tx: Tx,
    { coalitionId, roles }: { coalitionId: string; roles: readonly Role[] },
    organisationId: string,
    version: number,
    { startMonth, currency = null, language }: SetFunderReportSettings,
  ): Promise<FunderReportSettingsAnswer> {
    const before = await this.read(tx, coalitionId, organisationId);
    if (!roles.includes('backbone') && !roles.includes('finance'))
      await requireOwnSeat(tx, coalitionId, organisationId);
    if (currency !== null && !isCurrency(currency))
      throw fieldError('ruleBroken', '/currency', `${currency} is not a currency of ISO 4217.`);
    const changed = await tx.run(
      `INSERT INTO funder_report_settings AS s (coalition_id, organisation_id, start_month, currency, language, changed_at, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7::int + 1)
       ON CONFLICT (coalition_id, organisation_id) DO UPDATE SET start_month = EXCLUDED.start_month, currency = EXCLUDED.currency,
         language = EXCLUDED.language, changed_at = EXCLUDED.changed_at, version = s.version + 1 WHERE s.version = $7`,
      [coalitionId, organisationId, startMonth, currency, language, tx.now, version],
    );
    if (changed !== 1 || before.version !== version)
      throw new DomainError('staleVersion', 'Somebody changed these settings meanwhile. Look at them again.');
    const after = await this.read(tx, coalitionId, organisationId);
    const subject = { kind: 'organisation', id: organisationId };
    await audit(tx, { coalitionId, action: 'organisation.reportSettingsChanged', subject, before, after });
    return after;
  }

  /** @throws ruleBroken naming the field; alreadyExists for a day that has one */
  async stateRate(tx: Tx, coalitionId: string, command: StateRate): Promise<StatedRateAnswer> {
    const { fromCurrency, toCurrency, rate, statedOn, source } = command;
    for (const [pointer, currency] of [
      ['/fromCurrency', fromCurrency],
      ['/toCurrency', toCurrency],
    ] as const)
      if (!isCurrency(currency))
        throw fieldError('ruleBroken', pointer, `${currency} is not a currency of ISO 4217.`);
    if (fromCurrency === toCurrency)
      throw fieldError('ruleBroken', '/toCurrency', 'Choose another currency than the first.');
    if (/^0*(\.0*)?$/.test(rate)) throw fieldError('ruleBroken', '/rate', 'A rate is more than nothing.');
    const made = await tx.row<{ id: string }>(
      `INSERT INTO stated_rates (coalition_id, from_currency, to_currency, rate, stated_on, source, made_by, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT ON CONSTRAINT stated_rates_once DO NOTHING RETURNING id`,
      [coalitionId, fromCurrency, toCurrency, rate, statedOn, source, tx.actor.personId ?? null, tx.now],
    );
    if (!made) {
      const sentence = `A rate of ${fromCurrency} in ${toCurrency} is stated for ${statedOn} already.`;
      throw fieldError('alreadyExists', '/statedOn', sentence);
    }
    await audit(tx, {
      coalitionId,
      action: 'rate.stated',
      subject: { kind: 'statedRate', id: made.id },
      after: command,
    });
    return (await tx.row<StatedRateAnswer>(`${rates} WHERE r.id = $1`, [made.id]))!;
  }

  listRates(tx: Tx, coalitionId: string, query: StatedRatesQuery): Promise<Page<StatedRateAnswer>> {
    return listPage<StatedRateAnswer>(
      tx,
      {
        sql: `${rates} WHERE r.coalition_id = $1`,
        parameters: [coalitionId],
        sorts: { statedOn: { column: '"statedOn"', type: 'date' } },
        defaultSort: '-statedOn',
      },
      query,
    );
  }
}

async function requireOwnSeat(tx: Tx, coalitionId: string, organisationId: string): Promise<void> {
  const seat = await tx.row(
    `SELECT 1 FROM memberships m WHERE m.coalition_id = $1 AND m.organisation_id = $2 AND m.person_id = $3 AND m.role = 'funder'
       AND m.since_on <= $4 AND (m.until_on IS NULL OR m.until_on >= $4)`,
    [coalitionId, organisationId, tx.actor.personId ?? null, tx.now.toISOString().slice(0, 10)],
  );
  if (!seat) throw new DomainError('forbidden', 'How another funder reads its reports is not yours to say.');
}
