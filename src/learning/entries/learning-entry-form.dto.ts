import { Integer, Text, Texts } from '../../platform/http/fields.js';
import { LearningLinkInput, WriteLearningEntry } from './learning-entry.dto.js';

/** An entry as a form sends it: tags in one field, links as `kind:id`. */
export class LearningEntryForm {
  @Text({ max: 200 }) title!: string;
  @Text({ max: 8_000 }) action!: string;
  @Text({ max: 8_000 }) observation!: string;
  @Text({ optional: true, max: 8_000 }) reflection?: string;
  @Text({ optional: true, max: 8_000 }) nextStep?: string;
  @Text({ max: 10 }) happenedOn!: string;
  @Text({ optional: true, max: 420 }) tags?: string;
  @Texts({ optional: true, most: 20, max: 60 }) links?: string[];
}

export class ChangeLearningEntryForm extends LearningEntryForm {
  @Integer(1, 1_000_000_000) version!: number;
}

/** What the API would get. What was emptied is nothing. */
export function toWriteEntry(form: LearningEntryForm): WriteLearningEntry {
  const { title, action, observation, reflection = null, nextStep = null, happenedOn } = form;
  return {
    ...{ title, action, observation, reflection, nextStep, happenedOn },
    tags: (form.tags ?? '').split(',').filter((tag) => tag.trim() !== ''),
    links: (form.links ?? []).map((link): LearningLinkInput => {
      const [kind = '', id = ''] = link.split(':');
      return { kind, id };
    }),
  };
}
