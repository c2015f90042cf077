import { describe, expect, it } from '@jest/globals';
import { commentableFields, requireCommentable } from './report-comments.rules.js';

const fields = commentableFields({
  goals: [
    { id: 'school', name: 'Ready for school' },
    { id: 'youth', name: 'Somewhere to go' },
  ],
  readings: [
    { series: { id: 'visits', name: 'Visits', formula: null } },
    { series: { id: 'share', name: 'Share of visits', formula: 'ratio' } },
  ],
});

describe('the fields of a report that can be commented on', () => {
  it('are its goals, what is read in it and not calculated, its story and what was learnt', () => {
    expect(fields).toEqual([
      { pointer: '/lines/school', label: 'Ready for school' },
      { pointer: '/lines/youth', label: 'Somewhere to go' },
      { pointer: '/readings/visits', label: 'Visits' },
      { pointer: '/story', label: 'Story' },
      { pointer: '/learning', label: 'Learning' },
    ]);
  });

  it('take one comment each', () => {
    const comment = 'How many?';
    expect(() =>
      requireCommentable(
        fields.map(({ pointer }) => ({ pointer, comment })),
        fields,
      ),
    ).not.toThrow();
    expect(() =>
      requireCommentable(
        [
          { pointer: '/story', comment },
          { pointer: '/story', comment },
        ],
        fields,
      ),
    ).toThrow('A field has one comment: write both in one.');
  });

  it.each(['/lines/other', '/dueOn', '/lines'])('are not %s', (pointer) => {
    expect(() => requireCommentable([{ pointer, comment: 'Why?' }], fields)).toThrow(
      'The report has no such field. It has /lines/school, /lines/youth, /readings/visits, /story, /learning.',
    );
  });
});
