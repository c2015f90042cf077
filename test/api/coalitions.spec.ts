import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CoalitionAnswer } from '../../src/coalitions/coalition.dto.js';
import type { MembershipAnswer } from '../../src/coalitions/membership.dto.js';
import type { OrganisationAnswer } from '../../src/coalitions/organisation.dto.js';
import type { Page } from '../../src/platform/http/list.js';
import { type Client, TestApp } from '../support/app.js';

const harbour = {
  name: 'Harbour Young People',
  commonAgenda: 'Every child in the harbour wards is ready for school by 2031.',
  kind: 'coordinating',
  timeZone: 'Europe/London',
  businessDay: 'following',
  holidays: 'GB-ENG',
};

interface Problem {
  code: string;
  detail: string;
  errors: { pointer: string; code: string; message: string }[];
}

let app: TestApp;
let ana: Client;
let ben: Client;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  ana = await app.person('Ana Duarte');
  ben = await app.person('Ben Okafor');
});

afterAll(() => app.stop());

const found = (who: Client, terms: object = {}) =>
  who.must(who.post<CoalitionAnswer>('/api/v1/coalitions', { ...harbour, ...terms }));

const add = (who: Client, coalitionId: string, facts: object) =>
  who.must(
    who.post<OrganisationAnswer>(`/api/v1/coalitions/${coalitionId}/organisations`, {
      sector: 'third',
      ...facts,
    }),
  );

describe('founding a coalition', () => {
  it('gives the founder the backbone seat, and nobody else sees it', async () => {
    const coalition = await found(ana);
    expect(coalition).toMatchObject({ ...harbour, roles: ['backbone'], today: '2026-11-23', version: 1 });
    const mine = await ana.must(ana.get<Page<CoalitionAnswer>>('/api/v1/coalitions'));
    expect(mine.items.map(({ id }) => id)).toContain(coalition.id);
    expect((await ben.get(`/api/v1/coalitions/${coalition.id}`)).status).toBe(404);
    expect((await ben.must(ben.get<Page<CoalitionAnswer>>('/api/v1/coalitions'))).total).toBe(0);
  });
});
