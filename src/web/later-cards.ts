import { Injectable, SetMetadata } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { VNode } from 'preact';
import type { Tx } from '../platform/database/tx.js';
import type { Access } from '../platform/http/request.js';
import type { PageContext } from './page-context.js';

/** What a page is about, so that a later room can add what it knows of it: `{ kind: 'goal', id }`. */
export interface PageSubject {
  kind: string;
  id: string;
  /** Ids of what it is made of, such as the instalments of a pledge. */
  parts?: string[];
}

export type DrawCard = (page: PageContext) => VNode;

/** A later room that adds cards to the pages of earlier ones. */
export interface CardRoom {
  /** None where it has nothing to say of such a subject, or the reader may not see it. */
  cardsOf(tx: Tx, access: Access, subject: PageSubject): Promise<DrawCard[]>;
}

const ADDS = 'tributary:addsCards';

/** Marks a provider as a room that adds cards to pages about what earlier rooms hold. */
export const AddsCards = () => SetMetadata(ADDS, true);

/** Finds the rooms that add cards to pages: so the pages stand below them, and know none of them. */
@Injectable()
export class LaterCards {
  private rooms: CardRoom[] = [];

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    this.rooms = this.discovery
      .getProviders()
      .filter(({ metatype }) => metatype && Reflect.getMetadata(ADDS, metatype) === true)
      .map(({ instance }) => instance as CardRoom);
  }

  /** The cards for a page about this subject, room after room. */
  async of(tx: Tx, access: Access, subject: PageSubject): Promise<DrawCard[]> {
    const cards: DrawCard[] = [];
    for (const room of this.rooms) cards.push(...(await room.cardsOf(tx, access, subject)));
    return cards;
  }
}
