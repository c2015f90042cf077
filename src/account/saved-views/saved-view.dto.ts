import { Shown, ShownId, ShownInstant } from '../../platform/http/answers.js';
import { Text } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';

/** Keeps a list as it is narrowed and sorted. */
export class SaveView {
  @Text({ max: 60, example: 'Late pledges' }) name!: string;
  @Text({
    max: 2_000,
    example: '/pools/0190a1b2-0000-7000-8000-000000000001/pledges?state=signed&sort=signedOn',
    description: 'The address of the page, with what is asked of it',
  })
  address!: string;
}

export class SavedViewsQuery extends ListQuery {
  @Text({ optional: true, max: 500, description: 'Of one page only' }) path?: string;
}

export class SavedViewAnswer {
  @ShownId() id!: string;
  @Shown() name!: string;
  @Shown() path!: string;
  @Shown() query!: string;
  @ShownInstant() createdAt!: string;
}
