import type { PageContext } from '../page-context.js';

/** Where a page shows what later rooms know of its subject: see `LaterCards`. */
export function CardsOfLaterRooms({ page }: { page: PageContext }) {
  return <>{page.laterCards?.map((draw) => draw(page))}</>;
}
