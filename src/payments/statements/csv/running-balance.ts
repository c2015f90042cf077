/** What a running balance says about a file: its opening and closing balance, and where it does not add up. */
export interface Stated {
  opening: bigint | null;
  closing: bigint | null;
  /** The first line whose balance is not the one before and the lines between; null where all agree. */
  breaksAt: number | null;
}

interface Direction {
  first: bigint | null;
  last: bigint | null;
  breaksAt: number | null;
}

/**
 * Follows the running balance of a file, line by line, in both directions at once: banks write the oldest line first, or
 * the newest. Balances that are left blank are passed over. Minor units.
 */
export class RunningBalance {
  private total = 0n;
  /** Oldest first: a balance less all lines down to its own is the opening balance. */
  private readonly down: Direction = { first: null, last: null, breaksAt: null };
  /** Newest first: a balance and all lines above its own is the closing balance. */
  private readonly up: Direction = { first: null, last: null, breaksAt: null };

  add(line: number, amount: bigint, balance: bigint | null): void {
    const above = this.total;
    this.total += amount;
    if (balance === null) return;
    follow(this.down, balance - this.total, line);
    follow(this.up, balance + above, line);
  }

  /** @param isOldestFirst what the dates say; it decides where the balances do not */
  end(isOldestFirst: boolean): Stated {
    const { down, up, total } = this;
    if (down.first === null || up.first === null) return { opening: null, closing: null, breaksAt: null };
    const doDisagree = (down.breaksAt === null) !== (up.breaksAt === null);
    const isDown = doDisagree ? down.breaksAt === null : isOldestFirst;
    return isDown
      ? { opening: down.first, closing: down.last! + total, breaksAt: down.breaksAt }
      : { opening: up.last! - total, closing: up.first, breaksAt: up.breaksAt };
  }
}

function follow(direction: Direction, constant: bigint, line: number): void {
  direction.first ??= constant;
  direction.last = constant;
  if (constant !== direction.first) direction.breaksAt ??= line;
}
