import { Shown, ShownId, ShownInstant } from '../../platform/http/answers.js';
import { Text } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';

/** A private link for one calendar. */
export class MakeCalendarLink {
  @Text({ max: 80, description: 'Which calendar reads it', example: 'Phone' })
  name!: string;
}

export class CalendarLinksQuery extends ListQuery {}

export class CalendarLinkAnswer {
  @ShownId() id!: string;
  @Shown({ example: 'Phone' }) name!: string;
  @ShownInstant() createdAt!: Date;
  @ShownInstant({ nullable: true, description: 'To the minute' }) lastUsedAt!: Date | null;
  @ShownInstant({ nullable: true }) revokedAt!: Date | null;
}

/** The only answer that holds the link itself. */
export class NewCalendarLinkAnswer extends CalendarLinkAnswer {
  @Shown({
    example: 'https://tributary.example.org/calendar/x4…Qw.ics',
    description: 'Shown this once: whoever has it reads your dates',
  })
  url!: string;
}
