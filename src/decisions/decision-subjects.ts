import { Injectable, SetMetadata } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Tx } from '../platform/database/tx.js';

/** What a passed decision can be the key of. */
export const keyedSubjectKinds = ['grantAward', 'grantAmendment', 'conditionWaiver', 'poolPolicy'] as const;
export type KeyedSubjectKind = (typeof keyedSubjectKinds)[number];

export const decisionSubjectKinds = ['general', ...keyedSubjectKinds] as const;
export type DecisionSubjectKind = (typeof decisionSubjectKinds)[number];

/** What a motion is about, as its room names it. */
export interface DecisionSubject {
  id: string;
  coalitionId: string;
  title: string;
  href: string;
  /** The organisation that it benefits: whoever has an interest in it does not vote. */
  organisationId: string | null;
}

/** Names what motions of one kind are about; a later room knows it. */
export interface SubjectRoom {
  /** Undefined where there is none, or the actor may not see it. */
  describe(tx: Tx, subjectId: string): Promise<DecisionSubject | undefined>;
  /** What may be put to the vote now. */
  choices(tx: Tx, coalitionId: string): Promise<DecisionSubject[]>;
}

/** What each voter weighs where votes are weighted. */
export interface WeightRoom {
  /** For every voter a weight, 0 or more, by what was there at `tx.now`. */
  weigh(tx: Tx, poolId: string, voters: readonly WeighedVoter[]): Promise<Map<string, bigint>>;
}

export interface WeighedVoter {
  personId: string;
  /** The organisations that they speak for. */
  organisationIds: readonly string[];
}

const NAMES = 'tributary:decidesOn';
const WEIGHS = 'tributary:weighsVotes';

/** Marks a provider as the one that names what motions of a kind are about. */
export const DecidesOn = (kind: KeyedSubjectKind) => SetMetadata(NAMES, kind);

/** Marks the provider that weighs votes by what was contributed. */
export const WeighsVotes = () => SetMetadata(WEIGHS, true);

/**
 * Finds the later rooms that name subjects and weigh votes, and refuses to start unless each is there once: so
 * decisions stand below them, and know none of them.
 */
@Injectable()
export class DecisionRooms {
  private readonly subjects = new Map<KeyedSubjectKind, SubjectRoom>();
  private scales: WeightRoom | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    for (const { metatype, instance } of this.discovery.getProviders()) {
      if (!metatype) continue;
      const kind = Reflect.getMetadata(NAMES, metatype) as KeyedSubjectKind | undefined;
      if (kind) {
        if (this.subjects.has(kind)) throw new Error(`Two rooms name the subject ${kind} of a decision.`);
        this.subjects.set(kind, instance as SubjectRoom);
      }
      if (Reflect.getMetadata(WEIGHS, metatype) === true) {
        if (this.scales) throw new Error('Two rooms weigh votes.');
        this.scales = instance as WeightRoom;
      }
    }
    const missing = keyedSubjectKinds.filter((kind) => !this.subjects.has(kind));
    if (missing.length > 0)
      throw new Error(
        `Nothing names what a decision on ${missing.join(', ')} is about: the process cannot start.`,
      );
    if (!this.scales) throw new Error('Nothing weighs votes by contribution: the process cannot start.');
  }

  naming(kind: KeyedSubjectKind): SubjectRoom {
    return this.subjects.get(kind)!;
  }

  get weighing(): WeightRoom {
    return this.scales!;
  }
}
