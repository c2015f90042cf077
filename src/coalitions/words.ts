import type { Role } from '../platform/http/request.js';
import type { Sector } from './organisation.entity.js';

/** What the sectors are called on pages. */
export const sectorNames: Record<Sector, string> = {
  third: 'Third sector',
  public: 'Public body',
  private: 'Private company',
};

/** What a seat lets its person do, in a sentence. */
export const roleNotes: Record<Role, string> = {
  funder: 'Speaks for an organisation that pays into the pool, and sees the whole of it.',
  backbone: 'Runs the coalition: people, pools, grants, goals and reports.',
  partner: 'Speaks for an organisation that gets grants, and reports on them.',
  finance: 'Records what comes in and goes out, and asks for releases.',
  approver: 'Releases payments that somebody else has asked for.',
  verifier: 'Checks claimed outcomes, independently of everybody else.',
  observer: 'Sees what members see, and changes nothing.',
};
