import { Injectable, SetMetadata } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Tx } from '../../platform/database/tx.js';
import { type SubjectKind, subjectKinds } from './approval.rules.js';
import type { Approval } from './approvals.service.js';

/** Carries out what was decided, in the transaction of the verdict that decided it. */
export interface ApprovalHandler {
  /** Enough have signed. Throwing takes the last signature back with it. */
  approved(tx: Tx, approval: Approval): Promise<void>;
  /** Somebody said no, or who asked took it back. */
  rejected(tx: Tx, approval: Approval, reason: string): Promise<void>;
}

const CARRIES_OUT = 'tributary:carriesOut';

/** Marks a provider as the one that carries out what is approved of a kind. */
export const CarriesOut = (kind: SubjectKind) => SetMetadata(CARRIES_OUT, kind);

/**
 * Finds every handler at boot, and refuses to start unless each kind of subject has exactly one. So the machine of
 * approvals stands below the rooms that ask, and knows none of them.
 */
@Injectable()
export class ApprovalHandlers {
  private readonly found = new Map<SubjectKind, ApprovalHandler>();

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    for (const { metatype, instance } of this.discovery.getProviders()) {
      const kind = metatype && (Reflect.getMetadata(CARRIES_OUT, metatype) as SubjectKind | undefined);
      if (!kind) continue;
      if (this.found.has(kind)) throw new Error(`Two handlers carry out an approved ${kind}.`);
      this.found.set(kind, instance as ApprovalHandler);
    }
    const missing = subjectKinds.filter((kind) => !this.found.has(kind));
    if (missing.length > 0)
      throw new Error(`Nothing carries out an approved ${missing.join(', ')}: the process cannot start.`);
  }

  of(kind: SubjectKind): ApprovalHandler {
    return this.found.get(kind)!;
  }
}
