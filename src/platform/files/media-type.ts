/** How files of each kind begin, and how their names end. */
const kinds: readonly { ending: RegExp; begins: Buffer; mediaType: string }[] = [
  { ending: /\.pdf$/i, begins: Buffer.from('%PDF-'), mediaType: 'application/pdf' },
  { ending: /\.png$/i, begins: Buffer.from([0x89, 0x50, 0x4e, 0x47]), mediaType: 'image/png' },
  { ending: /\.jpe?g$/i, begins: Buffer.from([0xff, 0xd8, 0xff]), mediaType: 'image/jpeg' },
  {
    ending: /\.xlsx$/i,
    begins: Buffer.from('PK\u0003\u0004', 'latin1'),
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
];

/** What kind of file it is, by its content and its name together; null for what is neither allowed nor what it says. */
export function mediaTypeOf(content: Buffer, name: string): string | null {
  const kind = kinds.find(({ ending }) => ending.test(name));
  if (kind) return content.subarray(0, kind.begins.length).equals(kind.begins) ? kind.mediaType : null;
  const isText = /\.csv$/i.test(name) && content.length > 0 && !content.includes(0);
  return isText ? 'text/csv' : null;
}
