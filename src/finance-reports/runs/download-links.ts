import { Inject, Injectable } from '@nestjs/common';
import { isSame, sealOf } from '../../platform/auth/secrets.js';
import type { Config } from '../../platform/config/config.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { CONFIG } from '../../platform/tokens.js';

/** How long a link leads to its file. */
const LINK_DAYS = 7;

/** What a link says: which file it leads to, for whom, and until when. */
export interface DownloadLink {
  runId: string;
  format: string;
  personId: string;
  /** Milliseconds since 1970. */
  until: number;
}

/**
 * Links that lead to a report's file without signing in, as a mail needs them: made for one person, for a week, and
 * sealed with the installation's key. Whether that person may see the report is asked again whenever one is opened.
 */
@Injectable()
export class DownloadLinks {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** The address of a file for a person, good for a week from `now`. */
  to(file: Omit<DownloadLink, 'until'>, now: Date): string {
    const link = { ...file, until: now.getTime() + LINK_DAYS * 24 * 60 * 60 * 1000 };
    const query = new URLSearchParams({
      person: link.personId,
      until: String(link.until),
      seal: this.seal(link),
    });
    return `${this.config.publicUrl}/report-files/${link.runId}/${link.format}?${query.toString()}`;
  }

  /** @throws linkNotOurs, linkExpired */
  require(link: DownloadLink, seal: string, now: Date): void {
    if (!isSame(this.seal(link), seal))
      throw new DomainError(
        'linkNotOurs',
        'It is incomplete, or was changed. Copy it from the mail again, whole.',
      );
    if (link.until < now.getTime()) {
      const sentence = `It led to a report for ${LINK_DAYS} days. Sign in and open the report to download it.`;
      throw new DomainError('linkExpired', sentence);
    }
  }

  private seal({ runId, format, personId, until }: DownloadLink): string {
    return sealOf(`report file ${runId} ${format} ${personId} ${until}`, this.config.sessionSecret);
  }
}
