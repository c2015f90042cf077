import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import type { ScheduleInput } from '../grant.dto.js';
import { type ScheduleShape, type ScheduleTemplate, shapeOf } from '../grant-schedule.js';
import { readTemplate } from './schedule-templates.read.js';

/**
 * How a grant is to be paid, as it was typed; what was left out is copied from the saved template it names, if it names
 * one.
 * @throws ruleBroken naming the field: a template of another coalition, or with amounts in another currency
 */
export async function scheduleOf(
  tx: Tx,
  { coalitionId, currency }: { coalitionId: string; currency: string },
  command: ScheduleInput,
): Promise<ScheduleTemplate> {
  const saved = command.templateId
    ? await savedShape(tx, coalitionId, currency, command.templateId)
    : undefined;
  const everyMonths = command.everyMonths ?? saved?.everyMonths;
  if (everyMonths === undefined)
    throw fieldError('ruleBroken', '/everyMonths', 'Say how many months lie between two instalments.');
  const typed = shapeOf({ ...command, everyMonths });
  const saysHow = typed.equalInstalments !== undefined || typed.slices !== undefined;
  const saysUplift = typed.upliftRate !== undefined || typed.upliftIndex !== undefined;
  return {
    ...{ baseAmount: command.amount, firstOn: command.firstOn },
    ...typed,
    ...(saved && !saysHow ? { equalInstalments: saved.equalInstalments, slices: saved.slices } : {}),
    ...(saved && !saysUplift ? { upliftRate: saved.upliftRate, upliftIndex: saved.upliftIndex } : {}),
  };
}

async function savedShape(
  tx: Tx,
  coalitionId: string,
  currency: string,
  templateId: string,
): Promise<ScheduleShape> {
  const template = await readTemplate(tx, templateId).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === 'notFound') return undefined;
    throw error;
  });
  if (template?.coalitionId !== coalitionId)
    throw fieldError('ruleBroken', '/templateId', 'Choose a schedule template of this coalition.');
  if (template.currency !== null && template.currency !== currency) {
    const sentence = `The amounts of this template are in ${template.currency}, and the pool is in ${currency}.`;
    throw fieldError('ruleBroken', '/templateId', sentence);
  }
  return template.shape;
}
