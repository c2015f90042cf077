import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { HandlesOccurrence, type OccurrenceHandler } from '../../platform/queue/handlers.js';
import type { DueOccurrence, Outcome } from '../../platform/queue/occurrences.js';
import { deliveriesOf, readRun } from '../runs/runs.read.js';
import { planArrivalCheck } from './report-arrival.js';
import { ReportDelivery } from './report-delivery.js';

/** Looks whether a report has reached its recipients, and tells its owner whom it will not reach. */
@Injectable()
@HandlesOccurrence('report.arrival')
export class ReportArrival implements OccurrenceHandler {
  constructor(private readonly delivery: ReportDelivery) {}

  async handle(tx: Tx, due: DueOccurrence[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const occurrence of due) outcomes.push(await this.look(tx, occurrence));
    return outcomes;
  }

  private async look(tx: Tx, { subjectId, periodKey }: DueOccurrence): Promise<Outcome> {
    const run = await readRun(tx, subjectId);
    const sent = (await deliveriesOf(tx, run.id)).filter(({ letter }) => letter === 'financeReport');
    const refused = sent.filter(({ state }) => state === 'failed' || state === 'uncertain');
    const underWay = sent.filter(({ state }) => state === 'queued' || state === 'sending');
    if (refused.length > 0) await this.delivery.tellOfRefusals(tx, run, refused);
    if (underWay.length > 0) await planArrivalCheck(tx, run, Number(periodKey) + 1);
    return { state: 'done', note: `${refused.length} refused, ${underWay.length} under way` };
  }
}
