import { Injectable, SetMetadata } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Tx } from '../database/tx.js';
import type { OutboxMessage } from '../outbox/outbox.js';
import { OCCURRENCE_KINDS, type OccurrenceKind, type Topic, TOPICS } from './job-kinds.js';
import type { DueOccurrence, Outcome } from './occurrences.js';

/** Does dated work of one kind, in sets: answers an outcome for each, in the order given. */
export interface OccurrenceHandler {
  /** The most that it takes in one transaction; 200 unless it says otherwise. */
  readonly most?: number;
  handle(tx: Tx, due: DueOccurrence[]): Promise<Outcome[]>;
}

/** How long work went on: ended, or put off until an instant, for a reason or because another does it. */
export type LongOutcome = Outcome | { state: 'waiting'; retryAt: Date; reason: string | null };

/**
 * Does dated work that takes long, one piece at a time, in transactions of its own: it claims what it does, so that a
 * piece which is handed out twice is done once. It has a lane of its own, and holds up nothing else.
 */
export interface LongWorkHandler {
  readonly isLong: true;
  /** @param stop is aborted when the process is asked to end: the work is then put off */
  do(due: DueOccurrence, stop: AbortSignal): Promise<LongOutcome>;
}

/** Does what follows from a message of the outbox. Runs at least once, in one transaction with its receipt. */
export interface MessageHandler {
  receive(tx: Tx, message: OutboxMessage): Promise<void>;
}

const HANDLES = 'tributary:handles';

/** Marks a provider as the one handler of a kind of occurrence. */
export const HandlesOccurrence = (kind: OccurrenceKind) => SetMetadata(HANDLES, `occurrence ${kind}`);

/** Marks a provider as the one handler of a topic. */
export const HandlesTopic = (topic: Topic) => SetMetadata(HANDLES, `topic ${topic}`);

/** Finds every handler at boot, and refuses to start unless each kind and topic has exactly one. */
@Injectable()
export class Handlers {
  private readonly found = new Map<string, unknown>();

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    for (const { metatype, instance } of this.discovery.getProviders()) {
      const handles = metatype && (Reflect.getMetadata(HANDLES, metatype) as string | undefined);
      if (!handles) continue;
      if (this.found.has(handles)) throw new Error(`Two handlers for ${handles}.`);
      this.found.set(handles, instance);
    }
    const needed = [
      ...OCCURRENCE_KINDS.map((kind) => `occurrence ${kind}`),
      ...TOPICS.map((topic) => `topic ${topic}`),
    ];
    const missing = needed.filter((handles) => !this.found.has(handles));
    if (missing.length > 0)
      throw new Error(`Nothing handles ${missing.join(', ')}: the process cannot start.`);
  }

  occurrence(kind: OccurrenceKind): OccurrenceHandler | LongWorkHandler {
    return this.found.get(`occurrence ${kind}`) as OccurrenceHandler | LongWorkHandler;
  }

  isLong(kind: OccurrenceKind): boolean {
    return 'isLong' in this.occurrence(kind);
  }

  topic(topic: Topic): MessageHandler {
    return this.found.get(`topic ${topic}`) as MessageHandler;
  }
}
