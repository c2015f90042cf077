import type { ComponentChildren } from 'preact';
import { attachableEndings, type AttachedFile } from '../../platform/files/attached-file.js';
import { countText } from '../format.js';
import { InstantText } from './dates.js';

interface ListProps {
  files: readonly AttachedFile[];
  /** Where each can be downloaded, before its id. */
  home: string;
  timeZone: string;
  locale: string;
  /** What can be done with a file, beside it. */
  actions?: (file: AttachedFile) => ComponentChildren;
}

/** Files that are attached to something: their names, how large they are, who added each and when, and their hashes. */
export function AttachedFiles({ files, home, timeZone, locale, actions }: ListProps) {
  return (
    <ul class="tb-files">
      {files.map((file) => (
        <li>
          <div>
            <a href={`${home}/${file.id}`}>{file.name}</a>
            <span class="tb-under">
              {countText((file.sizeBytes + 1023n) / 1024n, locale)} kB, {file.addedBy},{' '}
              <InstantText at={file.addedAt} timeZone={timeZone} locale={locale} />
            </span>
            <span class="tb-under">
              <code title={file.sha256}>{file.sha256.slice(0, 16)}…</code>
            </span>
          </div>
          {actions?.(file)}
        </li>
      ))}
    </ul>
  );
}

interface FormProps {
  action: string;
  csrf: string;
  /** Under the field, after the kinds that are taken. */
  hint: string;
}

/** Adds one file. */
export function AddFileForm({ action, csrf, hint }: FormProps) {
  return (
    <form class="tb-add-file" method="post" action={action} encType="multipart/form-data" data-once>
      <input type="hidden" name="_csrf" value={csrf} />
      <label class="form-label" for="attached-file">
        Add a file
      </label>
      <input
        class="form-control"
        id="attached-file"
        type="file"
        name="file"
        accept={attachableEndings}
        aria-describedby="attached-file-hint"
        required
      />
      <p
        class="form-hint"
        id="attached-file-hint"
      >{`PDF, PNG, JPEG, CSV or XLSX, of 10 MB at most. ${hint}`}</p>
      <button class="btn" type="submit">
        Add the file
      </button>
    </form>
  );
}
