import { percentOfRate, rateOfPercent } from '../../grants/uplift-percent.js';
import { DomainError, type FieldError } from '../../platform/errors/domain-error.js';
import { fieldId, nameFromPointer } from '../../web/forms/field-names.js';
import type { BondTerms, BoundsTerm, PayerTerm, RateCardTerm, TierTerm } from './bond-terms.js';
import type { BandRow, CouponRow, Edges, PayerRow, RateRow, TermsForm, TierRow } from './terms-form.dto.js';
import type { TermsInput, TierInput } from './terms.dto.js';

/**
 * What the form says, as the API takes it.
 * @throws invalidInput naming the row of a band whose metric, or of a weight whose payer, stands nowhere else; and half
 *   a guarantee
 */
export function termsInputOf(form: TermsForm): TermsInput {
  const wrong = strayRows(form);
  if (wrong.length > 0) throw new DomainError('invalidInput', wrong[0]!.message, wrong);
  const { rateCard = [], payers = [], tiers = [] } = form;
  const places = placesOf(form);
  return {
    startOn: form.startOn,
    endOn: form.endOn,
    claimsEvery: form.claimsEvery,
    invoiceDueDays: form.invoiceDueDays,
    rateCard: rateCard.map((line, index) => ({
      ...line,
      bands: places.bands[index]!.map((row) => bandOf(form.bands![row]!)),
      fallback: places.fallbacks[index]!.map((row) => bandOf(form.fallbacks![row]!))[0],
    })),
    caps: { bond: form.capBond, period: form.capPeriod, person: form.capPerson },
    carryForward: form.carryForward,
    shareRule: form.shareRule,
    payers: payers.map((payer, index) => ({
      ...payer,
      metrics: payer.metrics === undefined ? undefined : metricsIn(payer.metrics),
      weights: places.weights[index]!.map((row) => {
        const { metric, weight } = form.weights![row]!;
        return { metric, weight };
      }),
    })),
    verifier: { organisationId: form.verifierOrganisationId, personId: form.verifierPersonId },
    investors: form.investors ?? [],
    returns:
      form.returnsKind === 'waterfall'
        ? { kind: 'waterfall', tiers: tiers.map(tierOf) }
        : {
            kind: 'couponLadder',
            dayCount: form.couponDayCount,
            bands: (form.couponBands ?? []).map(couponOf),
          },
    guarantee: form.guarantorId
      ? { guarantorId: form.guarantorId, share: rateOfPercent(form.guaranteePercent!) }
      : null,
    twoSided: form.twoSidedBands?.length ? { bands: form.twoSidedBands.map(couponOf) } : null,
    surplus: {
      rule: form.surplusRule,
      shares: (form.surplusShares ?? []).map(({ organisationId, percent }) => ({
        organisationId,
        share: rateOfPercent(percent),
      })),
    },
  };
}

const metricsIn = (text: string): string[] => text.split(/[\s,;]+/).filter((metric) => metric !== '');

const edges: Record<Edges, Pick<BoundsTerm, 'fromInclusive' | 'toInclusive'>> = {
  inOut: { fromInclusive: true, toInclusive: false },
  inIn: { fromInclusive: true, toInclusive: true },
  outIn: { fromInclusive: false, toInclusive: true },
  outOut: { fromInclusive: false, toInclusive: false },
};

const boundsOfRow = ({ from, to, edges: kind }: CouponRow | BandRow) => ({
  ...{ from, to },
  ...edges[(kind ?? 'inOut') as Edges],
});
const bandOf = (row: BandRow) => ({ ...boundsOfRow(row), price: row.price });
const couponOf = (row: CouponRow) => ({ ...boundsOfRow(row), rate: rateOfPercent(row.percent) });

function tierOf({ kind, amount, percent, dayCount, compounding, shares }: TierRow): TierInput {
  const [investors = '0', provider = '0', pool = '0'] = (shares ?? '')
    .split(';')
    .map((share) => share.trim());
  return {
    ...{ kind, amount, dayCount, compounding },
    rate: percent === undefined ? undefined : rateOfPercent(percent),
    shares:
      shares === undefined
        ? undefined
        : {
            investors: rateOfPercent(investors),
            provider: rateOfPercent(provider),
            pool: rateOfPercent(pool),
          },
  };
}

/** Which rows of bands and fallbacks belong to each line of the rate card, and which weights to each payer. */
interface Places {
  bands: number[][];
  fallbacks: number[][];
  weights: number[][];
}

/** The first line of a metric has its bands, should it stand there twice; so has the first of a payer its weights. */
function placesOf({
  rateCard = [],
  bands = [],
  fallbacks = [],
  payers = [],
  weights = [],
}: TermsForm): Places {
  const owned = <Row>(rows: readonly Row[], isOf: (row: Row) => boolean, isFirst: boolean) =>
    isFirst ? rows.flatMap((row, index) => (isOf(row) ? [index] : [])) : [];
  const ofLines = (rows: readonly BandRow[]) =>
    rateCard.map(({ metric }, index) =>
      owned(
        rows,
        (row) => row.metric === metric,
        rateCard.findIndex((line) => line.metric === metric) === index,
      ),
    );
  return {
    bands: ofLines(bands),
    fallbacks: ofLines(fallbacks),
    weights: payers.map(({ organisationId }, index) =>
      owned(
        weights,
        (row) => row.organisationId === organisationId,
        payers.findIndex((payer) => payer.organisationId === organisationId) === index,
      ),
    ),
  };
}

const isThreeShares = (text: string): boolean => {
  const shares = text.split(';');
  return shares.length === 3 && shares.every((share) => /^\s*\d{1,3}(\.\d{1,10})?\s*$/.test(share));
};

function strayRows(form: TermsForm): FieldError[] {
  const { rateCard = [], bands = [], fallbacks = [], payers = [], weights = [], tiers = [] } = form;
  const error = (pointer: string, message: string) => ({ pointer, code: 'ruleBroken', message });
  const isKnown = (metric: string) => rateCard.some((line) => line.metric === metric);
  const isPayer = (id: string) => payers.some(({ organisationId }) => organisationId === id);
  const isMetric = (text: string) => /^[A-Za-z][A-Za-z0-9_-]{0,59}$/.test(text);
  return [
    ...Object.entries({ bands, fallbacks }).flatMap(([list, rows]) =>
      rows.flatMap(({ metric }, index) =>
        isKnown(metric)
          ? []
          : [error(`/${list}/${index}/metric`, `The rate card has no metric “${metric}”.`)],
      ),
    ),
    ...fallbacks.flatMap(({ metric }, index) =>
      fallbacks.findIndex((row) => row.metric === metric) === index
        ? []
        : [error(`/fallbacks/${index}/metric`, `“${metric}” has a pooled fallback already.`)],
    ),
    ...payers.flatMap(({ metrics }, index) =>
      metricsIn(metrics ?? '').every(isMetric)
        ? []
        : [
            error(
              `/payers/${index}/metrics`,
              'Name metrics as the rate card does, such as “signUp, attendance”.',
            ),
          ],
    ),
    ...weights.flatMap(({ organisationId }, index) =>
      isPayer(organisationId)
        ? []
        : [error(`/weights/${index}/organisationId`, 'It is none of the payers above.')],
    ),
    ...tiers.flatMap(({ shares }, index) =>
      shares === undefined || isThreeShares(shares)
        ? []
        : [error(`/tiers/${index}/shares`, 'Write three shares: investors; provider; pool.')],
    ),
    ...((form.guarantorId === undefined) === (form.guaranteePercent === undefined)
      ? []
      : form.guarantorId === undefined
        ? [error('/guarantorId', 'Say who guarantees it, or leave the share out.')]
        : [error('/guaranteePercent', 'Say how much of lost capital is guaranteed.')]),
  ];
}

const edgesOf = ({ fromInclusive, toInclusive }: BoundsTerm): Edges =>
  fromInclusive ? (toInclusive ? 'inIn' : 'inOut') : toInclusive ? 'outIn' : 'outOut';

const orBlank = (value: string | null): string | undefined => value ?? undefined;

/** Terms as their form holds them. Sent back unchanged, it gives the same terms. */
export function formValuesOf(terms: BondTerms): TermsForm {
  const { caps, verifier, returns, guarantee, twoSided, surplus } = terms;
  return {
    startOn: terms.startOn,
    endOn: terms.endOn,
    claimsEvery: terms.claimsEvery,
    invoiceDueDays: terms.invoiceDueDays,
    rateCard: terms.rateCard.map(rateRow),
    bands: terms.rateCard.flatMap(bandRows),
    fallbacks: terms.rateCard.flatMap(({ metric, fallback }) =>
      fallback ? [{ metric, ...boundsRow(fallback), price: fallback.price }] : [],
    ),
    capBond: orBlank(caps.bond),
    capPeriod: orBlank(caps.period),
    capPerson: orBlank(caps.person),
    carryForward: terms.carryForward,
    shareRule: terms.shareRule,
    payers: terms.payers.map(payerRow),
    weights: terms.payers.flatMap(({ organisationId, weights }) =>
      (weights ?? []).map(({ metric, weight }) => ({ organisationId, metric, weight })),
    ),
    verifierOrganisationId: orBlank(verifier.organisationId),
    verifierPersonId: orBlank(verifier.personId),
    investors: terms.investors,
    returnsKind: returns.kind,
    tiers: returns.kind === 'waterfall' ? returns.tiers.map(tierRow) : [],
    couponDayCount: returns.kind === 'couponLadder' ? returns.dayCount : undefined,
    couponBands: returns.kind === 'couponLadder' ? returns.bands.map(couponRow) : [],
    guarantorId: guarantee?.guarantorId,
    guaranteePercent: guarantee ? percentOfRate(guarantee.share) : undefined,
    twoSidedBands: twoSided?.bands.map(couponRow) ?? [],
    surplusRule: surplus.rule,
    surplusShares:
      surplus.rule === 'shares'
        ? surplus.shares.map(({ organisationId, share }) => ({
            organisationId,
            percent: percentOfRate(share),
          }))
        : [],
  };
}

const boundsRow = (bounds: BoundsTerm) => ({
  ...{ from: orBlank(bounds.from), to: orBlank(bounds.to), edges: edgesOf(bounds) },
});
const couponRow = (band: BoundsTerm & { rate: string }): CouponRow => ({
  ...boundsRow(band),
  percent: percentOfRate(band.rate),
});
const bandRows = ({ metric, bands }: RateCardTerm): BandRow[] =>
  (bands ?? []).map((band) => ({ metric, ...boundsRow(band), price: band.price }));

const rateRow = ({ metric, title, kind, price, unit, cap, mode }: RateCardTerm): RateRow => ({
  ...{ metric, title, kind },
  ...{ price: orBlank(price), unit: orBlank(unit), cap: orBlank(cap), mode: mode ?? undefined },
});

const payerRow = ({ organisationId, weight, metrics, cap }: PayerTerm): PayerRow => ({
  organisationId,
  ...{ weight: orBlank(weight), metrics: metrics?.join(', '), cap: orBlank(cap) },
});

function tierRow(tier: TierTerm): TierRow {
  switch (tier.kind) {
    case 'fee':
      return { kind: tier.kind, amount: tier.amount };
    case 'capital':
      return { kind: tier.kind };
    case 'irrCap':
      return { kind: tier.kind, percent: percentOfRate(tier.rate) };
    case 'preferred': {
      const { kind, rate, dayCount, compounding } = tier;
      return { ...{ kind, dayCount, compounding }, percent: percentOfRate(rate) };
    }
    case 'residual': {
      const { investors, provider, pool } = tier.shares;
      return { kind: tier.kind, shares: [investors, provider, pool].map(percentOfRate).join('; ') };
    }
  }
}

const capFields: Readonly<Record<string, string>> = {
  bond: '/capBond',
  period: '/capPeriod',
  person: '/capPerson',
};

/** A place in the terms, as the place in the form that says it: `/terms/rateCard/2/bands/1/from` is `/bands/4/from`. */
export function formPointer(form: TermsForm, pointer: string): string {
  const [root, part, ...rest] = pointer.split('/').slice(1);
  if (root !== 'terms' || part === undefined) return pointer;
  const places = placesOf(form);
  const [index = '', inner, row = '', field] = rest;
  switch (part) {
    case 'rateCard':
      if (inner === 'bands') return inList('/bands', places.bands[Number(index)], row, field);
      // A fallback is one band, and its row has no number in the terms.
      if (inner === 'fallback')
        return inList('/fallbacks', places.fallbacks[Number(index)], '0', row || 'metric');
      return under(part, rest);
    case 'payers':
      if (inner === 'weights') return inList('/weights', places.weights[Number(index)], row, field);
      return under(part, rest.slice(0, 2));
    case 'caps':
      return capFields[index] ?? '/capBond';
    case 'verifier':
      return index === 'personId' ? '/verifierPersonId' : '/verifierOrganisationId';
    case 'guarantee':
      return index === 'share' ? '/guaranteePercent' : '/guarantorId';
    case 'returns':
      return returnsPlace(rest);
    case 'twoSided':
      return under('twoSidedBands', rest.slice(1).map(inPercent));
    case 'surplus':
      return index === 'shares' ? under('surplusShares', rest.slice(1).map(inPercent)) : '/surplusRule';
    default:
      return under(part, rest);
  }
}

function returnsPlace([list, ...rest]: string[]): string {
  if (list === 'tiers') return under('tiers', rest.slice(0, 2).map(inPercent));
  if (list === 'bands') return under('couponBands', rest.map(inPercent));
  return list === 'dayCount' ? '/couponDayCount' : '/returnsKind';
}

const under = (name: string, rest: readonly string[]): string => `/${[name, ...rest].join('/')}`;

const inPercent = (field: string): string => (field === 'rate' || field === 'share' ? 'percent' : field);

function inList(list: string, rows: readonly number[] | undefined, at: string, field?: string): string {
  const row = rows?.[Number(at)];
  if (at === '' || row === undefined) return list;
  return field === undefined ? `${list}/${row}` : `${list}/${row}/${field}`;
}

/** The element of the form that says what stands at a place in these terms. */
export const fieldOf = (terms: BondTerms, pointer: string): string =>
  fieldId(nameFromPointer(formPointer(formValuesOf(terms), pointer)));

/** Runs what a form asks for; what is refused about the terms is said at the form's own fields. */
export async function placedInForm<Result>(form: TermsForm, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const fields = error.fields.map((field) => ({ ...field, pointer: formPointer(form, field.pointer) }));
    throw new DomainError(error.code, error.detail, fields);
  }
}
