import { Columns, Stack } from '../../web/components/card.js';
import { CardsOfLaterRooms } from '../../web/components/cards-of-later-rooms.js';
import { Shell } from '../../web/shell.js';
import {
  AboutCard,
  CurveCard,
  PartsCard,
  SeriesHeader,
  SeriesHistory,
  type SeriesProps,
  StandingFigures,
} from '../series/series-page.js';

/** A performance measure of a programme. */
export function MeasurePage({ page, view }: SeriesProps) {
  return (
    <Shell page={page}>
      <SeriesHeader page={page} view={view} />
      <StandingFigures page={page} view={view} />
      <Columns kind="main">
        <CurveCard page={page} view={view} />
        <Stack>
          <AboutCard page={page} view={view} />
          <CardsOfLaterRooms page={page} />
        </Stack>
      </Columns>
      <PartsCard page={page} view={view} />
      <SeriesHistory page={page} view={view} />
    </Shell>
  );
}
