import { bandModes } from '../bands.js';
import { formatShortest, parseDecimal } from '../exact.js';
import { formatAmount, sum } from '../money.js';
import { payClaims } from '../outcomes/outcome-payments.js';
import { headroom } from '../outcomes/payer-split.js';
import { rateKinds } from '../outcomes/rate-card.js';
import { emptyTally } from '../outcomes/tally.js';
import { agreeTerms } from '../outcomes/terms.js';
import {
  type AmountReader,
  currencyCode,
  decimal,
  inCurrency,
  list,
  nullable,
  oneOf,
  optional,
  readCase,
  record,
  text,
} from './case-reader.js';
import { notesOn, notesOnCarried, notesOnUnread } from './outcome-notes.js';

const trueOrFalse = oneOf([true, false]);

const priceBands = (amount: AmountReader) =>
  list(
    record({
      from: nullable(decimal()),
      to: nullable(decimal()),
      fromInclusive: trueOrFalse,
      toInclusive: trueOrFalse,
      price: amount(),
    }),
    { most: 100 },
  );

const shape = inCurrency((amount) =>
  record({
    currency: currencyCode,
    rateCard: list(
      record({
        metric: text,
        kind: oneOf(rateKinds),
        price: amount(),
        unit: optional(text),
        cap: optional(amount()),
        bands: optional(priceBands(amount)),
        mode: optional(oneOf(bandModes)),
      }),
      { least: 1, most: 500 },
    ),
    caps: record({ person: optional(amount()), period: optional(amount()), bond: optional(amount()) }),
    payers: list(
      record({
        payer: text,
        weight: optional(decimal({ least: 0n })),
        cap: optional(amount()),
        metrics: optional(list(text)),
      }),
      { least: 1, most: 100 },
    ),
    claims: list(
      record({
        period: text,
        metric: text,
        quantity: optional(decimal({ least: 0n })),
        value: optional(decimal()),
        people: optional(list(text)),
      }),
    ),
    carryForward: trueOrFalse,
  }),
);

/** Says what verified outcomes come to under a rate card and its caps, and who pays. */
export function calculateOutcomePayments(input: unknown) {
  const { currency, rateCard, claims, ...given } = readCase(shape, input);
  const terms = agreeTerms({
    ...given,
    rateCard: rateCard.map(({ bands = [], ...line }) => ({
      ...line,
      bands: bands.map((band) => ({ ...band, from: bound(band.from), to: bound(band.to) })),
    })),
  });
  const tally = emptyTally();
  const lines = payClaims(terms, claims, tally);
  const money = (minor: bigint) => formatAmount(minor, currency);
  return {
    lines: lines.map(({ period, metric, accepted, gross, trimmed, net }) => ({
      period,
      metric,
      accepted: formatShortest(accepted),
      gross: money(gross),
      trimmed: trimmed.map(({ by, amount }) => ({ by, amount: money(amount) })),
      net: money(net),
    })),
    payers: terms.payers.map((payer) => {
      const left = headroom(payer, tally.payers);
      return {
        payer: payer.payer,
        amount: money(tally.payers.get(payer.payer) ?? 0n),
        headroom: left === null ? null : money(left),
      };
    }),
    unpaid: lines.flatMap(({ period, metric, unpaid }) =>
      unpaid.map(({ payer, amount }) => ({
        period,
        metric,
        amount: money(amount),
        reason: `payer cap: ${payer}`,
      })),
    ),
    total: money(sum(tally.payers.values())),
    notes: [
      'quantity × price is rounded half-even, once for each line.',
      'The net is shared by largest remainder on minor units; ties go to the earlier payer.',
      ...notesOn(lines),
      ...notesOnCarried(tally, money),
      ...notesOnUnread(claims, new Map(rateCard.map(({ metric, kind }) => [metric, kind]))),
    ],
  };
}

function bound(text: string | null) {
  return text === null ? null : parseDecimal(text);
}
