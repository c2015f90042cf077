import type { Tx } from '../database/tx.js';

/** How the HTML of a mail names a picture that comes with it, by its file name. */
export const pictureAddress = (fileName: string): string => `cid:${contentIdOf(fileName)}`;

/** How the picture itself is marked. Names of files in it are made of letters, digits, points and hyphens. */
export const contentIdOf = (fileName: string): string =>
  `${fileName.replace(/[^A-Za-z0-9.-]/g, '-')}@tributary`;

/** Whether a file of a mail is shown in its text, rather than attached. */
export const isShownIn = (html: string, fileName: string): boolean =>
  html.includes(`"${pictureAddress(fileName)}"`);

/** The HTML of a mail for a page, which reaches none of the mail's parts: its pictures stand in it themselves. */
export async function withPictures(tx: Tx, mailId: string, html: string): Promise<string> {
  if (!html.includes('"cid:')) return html;
  const files = await tx.rows<{ fileName: string; mediaType: string; content: Buffer }>(
    `SELECT a.file_name AS "fileName", f.media_type AS "mediaType", f.content
     FROM mail_attachments a JOIN stored_files f ON f.id = a.file_id
     WHERE a.mail_id = $1 AND f.media_type = 'image/png' AND f.content IS NOT NULL`,
    [mailId],
  );
  return files.reduce(
    (whole, { fileName, mediaType, content }) =>
      whole.replaceAll(
        `"${pictureAddress(fileName)}"`,
        `"data:${mediaType};base64,${content.toString('base64')}"`,
      ),
    html,
  );
}
