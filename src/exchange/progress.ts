const BAR_WIDTH = 30;

/** Where the progress is shown: a terminal, a log file, a pipe. */
export interface ProgressOutput {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** Says how far a long command is: a bar that is drawn over on a terminal, a plain line each otherwise. */
export class Progress {
  private isDrawn = false;

  constructor(
    private readonly output: ProgressOutput,
    private readonly total: number,
  ) {}

  /** @param done how many are, `what` being under way now */
  show(done: number, what: string): void {
    if (!this.output.isTTY) {
      this.output.write(`${Math.min(done + 1, this.total)} of ${this.total}: ${what}\n`);
      return;
    }
    const filled = this.total === 0 ? BAR_WIDTH : Math.floor((BAR_WIDTH * done) / this.total);
    const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
    const line = `${bar} ${done} of ${this.total}  ${what}`.slice(0, (this.output.columns ?? 80) - 1);
    this.output.write(`\r\u001B[2K${line}`);
    this.isDrawn = true;
  }

  /** Takes the bar away, so that what is printed next stands by itself. */
  end(): void {
    if (this.isDrawn) this.output.write('\r\u001B[2K');
    this.isDrawn = false;
  }
}
