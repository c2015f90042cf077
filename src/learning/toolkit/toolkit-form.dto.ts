import { Flag, Ids, Integer, Nested, Text } from '../../platform/http/fields.js';
import type { PrepareToolkit, ToolkitItemInput } from './toolkit.dto.js';

export class ToolkitPageForm {
  @Text({ optional: true, max: 200 }) title?: string;
  @Text({ optional: true, max: 20_000 }) body?: string;
}

/** What is shared, as a form sends it: pages as they are written, the rest ticked kind by kind. */
export class ToolkitForm {
  @Integer(0, 1_000_000_000) version!: number;
  @Text({ max: 60 }) slug!: string;
  @Text({ max: 200 }) title!: string;
  @Text({ optional: true, max: 2_000 }) introduction?: string;
  @Flag() namesPeople!: boolean;
  @Nested(() => ToolkitPageForm, { optional: true, many: true, least: 0, most: 50 })
  pages?: ToolkitPageForm[];
  @Ids({ optional: true, most: 100 }) goals?: string[];
  @Ids({ optional: true, most: 100 }) entries?: string[];
  @Ids({ optional: true, most: 100 }) decisions?: string[];
}

/** What the API would get. */
export function toPrepareToolkit(form: ToolkitForm): PrepareToolkit {
  const { slug, title, introduction = null, namesPeople, pages = [] } = form;
  const of = (kind: ToolkitItemInput['kind'], ids: readonly string[] = []): ToolkitItemInput[] =>
    ids.map((id) => ({ kind, id }));
  return {
    ...{ slug, title, introduction, namesPeople },
    items: [
      ...pages.map(({ title: called, body }): ToolkitItemInput => ({ kind: 'page', title: called, body })),
      ...of('goal', form.goals),
      ...of('learningEntry', form.entries),
      ...of('decision', form.decisions),
    ],
  };
}
