/**
 * SQL on pledges `p`: whether a pledge counts as pledged. Signed and fulfilled ones do; of one that was cancelled or
 * written off, what had come by then, which is what it amounts to since.
 */
export const countsAsPledged = `(p.state IN ('signed', 'fulfilled') OR (p.state IN ('cancelled', 'writtenOff') AND EXISTS (
  SELECT 1 FROM pledge_instalments r WHERE r.pledge_id = p.id AND r.received > 0)))`;
