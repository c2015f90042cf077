import { describe, expect, it } from '@jest/globals';
import { mediaTypeOf } from './media-type.js';

describe('the kind of a file', () => {
  it.each([
    ['%PDF-1.7 …', 'attendance.pdf', 'application/pdf'],
    ['PK\u0003\u0004…', 'marks.XLSX', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['pupil,attendance\n1017,96', 'attendance.csv', 'text/csv'],
  ])('%j named %s is %s', (content, name, mediaType) => {
    expect(mediaTypeOf(Buffer.from(content, 'latin1'), name)).toBe(mediaType);
  });

  it.each([
    ['<html>', 'attendance.pdf'],
    ['MZ…', 'setup.exe'],
    ['<script>', 'page.html'],
    ['a\u0000b', 'attendance.csv'],
    ['', 'attendance.csv'],
  ])('%j named %s is refused', (content, name) => {
    expect(mediaTypeOf(Buffer.from(content, 'latin1'), name)).toBeNull();
  });
});
