import { Injectable } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { v7 as newId } from 'uuid';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inTransaction } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, type FieldError } from '../platform/errors/domain-error.js';
import { errorTable } from '../platform/errors/error-table.js';
import { asDomainError } from '../platform/errors/problem.js';
import { once } from '../platform/http/once.js';
import type { SignedIn } from '../platform/http/request.js';
import { refusals } from '../platform/http/validation.js';
import { readFlash, writeFlash } from './flash.js';
import { type FormBody, type FormObject, type FormShape, readForm } from './forms/read-form.js';
import { LaterCards, type PageSubject } from './later-cards.js';
import { coalitionPath, type Section } from './navigation.js';
import type { Crumb, PageContext } from './page-context.js';
import { ShellFigures } from './shell-figures.js';

/** What a page is called, and the way to it. */
export interface Heading {
  title: string;
  crumbs: readonly Crumb[];
  /** The item of the navigation that is marked. */
  section?: Section;
  /** What the page is about, where later rooms may add what they know of it. */
  about?: PageSubject;
  searchHref?: string;
}

/** What a refused form is drawn with again: everything as it was typed, and what to mend. */
export interface Refusal {
  values: FormObject;
  errors: readonly FieldError[];
  detail: string;
}

/** What follows when something is done: a page to go on to, or one that is shown this once and never again. */
export type Next = { to: string; say: string } | { draw: () => Promise<void> };

/** A form that was sent, and what is to become of it. */
export interface Submission<Input extends object, Result> {
  /** The class that the API takes for the same thing: one set of rules for both. */
  input: new () => Input;
  shape?: FormShape;
  /** What has to be settled before the transaction begins, because it outlives a refusal: a try at a password. */
  first?: (input: Input) => Promise<void>;
  /** Does it. With `money`, at most once for each form that was drawn. */
  work: (tx: Tx, input: Input) => Promise<Result>;
  money?: boolean;
  /** Where to go when it is done, and what to say there; or what to draw with what was typed. */
  done: (result: Result, values: FormObject) => Next;
  /** Draws the form again. */
  again: (refusal: Refusal) => Promise<void>;
}

/** A button that was pressed: nothing to fill in. */
export interface Press<Result> {
  work: (tx: Tx) => Promise<Result>;
  money?: boolean;
  done: (result: Result) => Next;
  /** Where to go, with the reason, when it is refused. */
  back: string;
}

/** Draws pages and takes what their forms send. Rules live in the services, the same as for the API. */
@Injectable()
export class Pages {
  constructor(
    private readonly db: Database,
    private readonly figures: ShellFigures,
    private readonly laterCards: LaterCards,
  ) {}

  /** Draws a page in the shell: navigation, the pool's balance, what needs this person. */
  async show(reply: FastifyReply, heading: Heading, draw: (page: PageContext) => VNode): Promise<void> {
    const page = await this.context(reply, heading);
    const flash = readFlash(reply);
    await sendPage(reply, draw(flash ? { ...page, flash } : page));
  }

  /** Reads, checks and does what a form asks; draws it again, nothing lost, when that is refused. */
  async submit<Input extends object, Result>(
    reply: FastifyReply,
    form: Submission<Input, Result>,
  ): Promise<void> {
    const body = (reply.request.body ?? {}) as FormBody;
    const { values, errors } = readForm(body, form.shape);
    const input = plainToInstance(form.input, values);
    const known = new Set(errors.map(({ pointer }) => pointer));
    const wrong = [...errors, ...(await refusals(input)).filter(({ pointer }) => !known.has(pointer))];
    if (wrong.length > 0) return refuse(reply, form, { values, errors: wrong, detail: summary(wrong) });
    try {
      await form.first?.(input);
      const result = await this.run(reply, form.money ?? false, values, (tx) => form.work(tx, input));
      await goOn(reply, form.done(result, values));
    } catch (error) {
      await refuse(reply, form, { values, ...askedBack(error) });
    }
  }

  /** Does what a button says, and goes on with what came of it. */
  async press<Result>(reply: FastifyReply, button: Press<Result>): Promise<void> {
    const { values } = readForm((reply.request.body ?? {}) as FormBody);
    try {
      const result = await this.run(reply, button.money ?? false, values, button.work);
      await goOn(reply, button.done(result));
    } catch (error) {
      await this.refuse(reply, button.back, askedBack(error).detail);
    }
  }

  /** Goes back to a page, and says there once why something was not done. */
  async refuse(reply: FastifyReply, to: string, text: string): Promise<void> {
    writeFlash(reply, { kind: 'problem', text });
    await reply.redirect(to, 303);
  }

  /** What a page needs to know about its surroundings. */
  async context(reply: FastifyReply, heading: Heading): Promise<PageContext> {
    const { request } = reply;
    const signedIn = signedInOf(reply);
    const { access } = request;
    const { figures, laterCards } = await inTransaction(this.db, signedIn.actor, async (tx) => ({
      figures: await this.figures.of(
        tx,
        signedIn.actor,
        access?.coalitionId ?? null,
        request.url.split('?')[0]!,
      ),
      laterCards: access && heading.about ? await this.laterCards.of(tx, access, heading.about) : [],
    }));
    return {
      person: {
        name: signedIn.actor.name,
        email: signedIn.email,
        locale: signedIn.locale,
        isAdministrator: signedIn.isAdministrator,
      },
      coalition: figures.coalition && { ...figures.coalition, roles: access?.roles ?? [] },
      coalitions: figures.coalitions,
      section: heading.section ?? null,
      csrf: signedIn.credential.kind === 'session' ? signedIn.credential.csrfToken : '',
      needsMe: figures.needsMe,
      unread: figures.unread,
      views: figures.views,
      title: heading.title,
      breadcrumbs: heading.crumbs,
      now: this.db.clock.now(),
      laterCards,
      searchHref:
        heading.searchHref ??
        (figures.coalition && `${coalitionPath(figures.coalition.id)}/search`) ??
        undefined,
    };
  }

  private run<Result>(
    reply: FastifyReply,
    money: boolean,
    values: FormObject,
    work: (tx: Tx) => Promise<Result>,
  ): Promise<Result> {
    const actor = actorOf(reply);
    if (!money) return inTransaction(this.db, actor, work);
    const { _idempotencyKey: key } = reply.request.body as { _idempotencyKey?: unknown };
    if (typeof key !== 'string' || key === '') {
      throw new DomainError('idempotencyKeyMissing', 'This form is incomplete. Open it again.');
    }
    const route = `${reply.request.method} ${reply.request.url.split('?')[0]}`;
    return once(this.db, actor, { route, key, input: values, onReplay: () => undefined }, work);
  }
}

/** A key for a form that is about to be drawn: sent twice, it is done once. */
export const newIdempotencyKey = (): string => newId();

/** Draws a page without a shell, such as sign-in. */
export async function sendPage(reply: FastifyReply, page: VNode): Promise<void> {
  await reply.type('text/html; charset=utf-8').send(`<!doctype html>${render(page)}`);
}

export function signedInOf(reply: FastifyReply): SignedIn {
  const { signedIn } = reply.request;
  if (!signedIn) throw new DomainError('signInNeeded', 'Sign in first.');
  return signedIn;
}

/** The person who asks, as the actor of a transaction. */
export const actorOf = (reply: FastifyReply): PersonActor => signedInOf(reply).actor;

async function goOn(reply: FastifyReply, next: Next): Promise<void> {
  if ('draw' in next) return next.draw();
  writeFlash(reply, { kind: 'done', text: next.say });
  await reply.redirect(next.to, 303);
}

async function refuse<Input extends object, Result>(
  reply: FastifyReply,
  form: Submission<Input, Result>,
  refusal: Refusal,
): Promise<void> {
  void reply.status(422);
  await form.again(refusal);
}

/** What the person can mend, as the form shows it. What they cannot is thrown on, to become an error page. */
function askedBack(error: unknown): { errors: readonly FieldError[]; detail: string } {
  const { code, detail, fields } = asDomainError(error);
  if ([401, 404, 500].includes(errorTable[code].status)) throw error;
  return { errors: fields, detail };
}

const summary = (wrong: readonly FieldError[]): string =>
  wrong.length === 1 ? 'One field needs a change' : `${wrong.length} fields need a change`;
