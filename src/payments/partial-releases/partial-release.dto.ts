import { Amount, CalendarDay } from '../../platform/http/fields.js';

/** Releases a part of an instalment; the rest stays planned. */
export class ReleasePart {
  @Amount({ example: '2500.00', description: 'What is released now' }) amount!: string;
  @CalendarDay({ example: '2027-03-31', description: 'When the rest is planned for' }) restOn!: string;
}
