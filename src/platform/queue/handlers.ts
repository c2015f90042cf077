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

  occurrence(kind: OccurrenceKind): OccurrenceHandler {
    return this.found.get(`occurrence ${kind}`) as OccurrenceHandler;
  }

  topic(topic: Topic): MessageHandler {
    return this.found.get(`topic ${topic}`) as MessageHandler;
  }
}
