import type { Day } from '../../maths/day.js';

/**
 * A collective impact bond for the children of a city, in the figures that were published of a real one: 2,240 children,
 * at most £16,244,960, the caps of its payers, the sign-ups of three periods at £1,680, payments as grants from March
 * 2020, and £15,147,230 paid by December 2023. What was not published is made up here: the prices of engagement and
 * outcomes, how the payers share (by what is left of each one's cap), the investors' terms, and how many reached what.
 */
export const bondCap = '16244960.00';

/** The payers, with the most that each pays. */
export const payers = {
  chancesFund: ['National Chances Fund', '4248082.00'],
  philanthropists: ['Philanthropists for Children', '7146688.00'],
  firstBorough: ['Borough of Eastmere', '998922.00'],
  secondBorough: ['Borough of Northgate', '720000.00'],
  thirdBorough: ['Borough of Southwell', '720000.00'],
  fourthBorough: ['Borough of Westmere', '612000.00'],
  schools: ['Schools of the Zone', '1799268.00'],
} as const;
export type PayerName = keyof typeof payers;

/** The lenders of the working capital, with what each commits. */
export const investors = {
  first: ['Bridge Social Capital', '920000.00'],
  second: ['Bridge Local Capital', '360000.00'],
} as const;
export type InvestorName = keyof typeof investors;

export const rateCard = [
  ['signUp', 'A child signs up', '1680.00'],
  ['engaged', 'High engagement in year 1', '2100.00'],
  ['oneOutcome', 'One outcome or more', '1400.00'],
  ['twoOutcomes', 'Two outcomes or more', '1100.00'],
  ['threeOutcomes', 'Three outcomes', '900.00'],
] as const;
export type MetricName = (typeof rateCard)[number][0];

export type Reached = Partial<Record<MetricName, number>>;

/** What was claimed of each half-year, when, and what of it was not accepted. */
export interface ClaimedPeriod {
  period: number;
  claimedOn: Day;
  reached: Reached;
  /** Where the verifier found fewer. */
  accepted?: Reached;
}

export const claims: readonly ClaimedPeriod[] = [
  { period: 1, claimedOn: '2019-10-14', reached: { signUp: 440 } },
  { period: 2, claimedOn: '2020-04-14', reached: { signUp: 262, engaged: 400 } },
  {
    period: 5,
    claimedOn: '2021-10-14',
    reached: { signUp: 868, engaged: 230, oneOutcome: 380, twoOutcomes: 250, threeOutcomes: 120 },
  },
  {
    period: 6,
    claimedOn: '2022-04-14',
    reached: { engaged: 790, oneOutcome: 200, twoOutcomes: 140, threeOutcomes: 60 },
  },
  {
    period: 7,
    claimedOn: '2022-10-14',
    reached: { oneOutcome: 735, twoOutcomes: 500, threeOutcomes: 230 },
    accepted: { oneOutcome: 720 },
  },
  {
    period: 8,
    claimedOn: '2023-04-14',
    reached: { engaged: 540, oneOutcome: 90, twoOutcomes: 60, threeOutcomes: 25 },
  },
  { period: 9, claimedOn: '2023-10-16', reached: { oneOutcome: 470, twoOutcomes: 330, threeOutcomes: 150 } },
];

/** From March 2020 the payers paid by a schedule, as in a scenario of the middle, whatever could be reached. */
export const suspension = {
  askedOn: '2020-03-20',
  fromOn: '2020-03-20',
  toOn: '2021-03-31',
  instalments: ['2020-06-30', '2020-09-30', '2020-12-31', '2021-03-31'].map((dueOn) => ({
    dueOn,
    amount: '963782.50',
  })),
} as const;

/** The plan at signing, and the three that followed it. Each is what was then expected of the whole term. */
export const plans: readonly { madeOn: Day; reason: string; byPeriod: Record<number, Reached> }[] = [
  {
    madeOn: '2019-04-02',
    reason: 'The plan that was signed with the contract',
    byPeriod: {
      1: { signUp: 560 },
      2: { signUp: 560, engaged: 450 },
      3: { signUp: 560, engaged: 450, oneOutcome: 300, twoOutcomes: 200, threeOutcomes: 90 },
      4: { signUp: 560, engaged: 450, oneOutcome: 300, twoOutcomes: 200, threeOutcomes: 90 },
      5: { engaged: 450, oneOutcome: 300, twoOutcomes: 200, threeOutcomes: 90 },
      6: { oneOutcome: 300, twoOutcomes: 200, threeOutcomes: 90 },
      7: { oneOutcome: 300, twoOutcomes: 200, threeOutcomes: 90 },
    },
  },
  {
    madeOn: '2020-04-01',
    reason: 'Schools are closed: no outcome can be measured for a year',
    byPeriod: {
      1: { signUp: 440 },
      2: { signUp: 262, engaged: 400 },
      5: { signUp: 800, engaged: 400, oneOutcome: 300, twoOutcomes: 200, threeOutcomes: 90 },
      6: { engaged: 600, oneOutcome: 300, twoOutcomes: 200, threeOutcomes: 90 },
      7: { oneOutcome: 500, twoOutcomes: 350, threeOutcomes: 150 },
      8: { oneOutcome: 400, twoOutcomes: 280, threeOutcomes: 120 },
    },
  },
  {
    madeOn: '2021-11-01',
    reason: 'More children signed up at once than was planned',
    byPeriod: {
      1: { signUp: 440 },
      2: { signUp: 262, engaged: 400 },
      5: { signUp: 868, engaged: 230, oneOutcome: 380, twoOutcomes: 250, threeOutcomes: 120 },
      6: { engaged: 700, oneOutcome: 250, twoOutcomes: 170, threeOutcomes: 80 },
      7: { engaged: 100, oneOutcome: 600, twoOutcomes: 420, threeOutcomes: 200 },
      8: { engaged: 300, oneOutcome: 200, twoOutcomes: 140, threeOutcomes: 60 },
      9: { oneOutcome: 400, twoOutcomes: 280, threeOutcomes: 130 },
    },
  },
  {
    madeOn: '2022-11-01',
    reason: 'The last cohort begins a term later',
    byPeriod: {
      1: { signUp: 440 },
      2: { signUp: 262, engaged: 400 },
      5: { signUp: 868, engaged: 230, oneOutcome: 380, twoOutcomes: 250, threeOutcomes: 120 },
      6: { engaged: 790, oneOutcome: 200, twoOutcomes: 140, threeOutcomes: 60 },
      7: { oneOutcome: 720, twoOutcomes: 500, threeOutcomes: 230 },
      8: { engaged: 500, oneOutcome: 100, twoOutcomes: 70, threeOutcomes: 30 },
      9: { oneOutcome: 500, twoOutcomes: 350, threeOutcomes: 160 },
      10: { oneOutcome: 150, twoOutcomes: 100, threeOutcomes: 45 },
    },
  },
];

/** Working capital: what the provider got before outcomes were paid for, and from what came after. */
export const advances: readonly { on: Day; amount: string; reason: string }[] = [
  { on: '2019-05-07', amount: '640000.00', reason: 'Link workers and partners, the first half-year' },
  { on: '2019-12-10', amount: '1200000.00', reason: 'Link workers and partners, the second half-year' },
  { on: '2020-08-04', amount: '1700000.00', reason: 'Support at home while schools are closed' },
  { on: '2021-05-11', amount: '2300000.00', reason: 'Catching up, summer term' },
  { on: '2022-01-11', amount: '2200000.00', reason: 'Third cohort, the first year' },
  { on: '2022-08-09', amount: '1900000.00', reason: 'Third cohort, the second year' },
  { on: '2023-02-07', amount: '1500000.00', reason: 'Last cohort' },
];

/** What was lent, called in two parts. */
export const drawdowns: readonly { on: Day; of: InvestorName; amount: string }[] = [
  { on: '2019-04-15', of: 'first', amount: '460000.00' },
  { on: '2019-04-15', of: 'second', amount: '180000.00' },
  { on: '2019-09-16', of: 'first', amount: '460000.00' },
  { on: '2019-09-16', of: 'second', amount: '180000.00' },
];

/** What was distributed: capital and the preferred return, once it was earned. */
export const distributions: readonly { on: Day; amount: string; reason: string }[] = [
  { on: '2022-06-07', amount: '900000.00', reason: 'Outcome payments of the third cohort’s first year' },
  { on: '2023-06-06', amount: '650000.00', reason: 'Capital is returned, with what it earned' },
];

export const headroomByEnd = '1097730.00';
export const paidByEnd = '15147230.00';
