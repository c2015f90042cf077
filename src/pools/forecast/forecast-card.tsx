import { cashForecast } from '../../web/charts/cash-forecast.js';
import { ChartFigure } from '../../web/charts/chart-figure.js';
import type { PageContext } from '../../web/page-context.js';
import { localeOf } from '../pool-frame.js';
import type { PoolForecast } from './pool-forecast.js';

interface Props {
  page: PageContext;
  currency: string;
  forecast: PoolForecast;
}

/** Closing cash month by month: certain and expected, the reserve, and the funding cliff. */
export function ForecastChart({ page, currency, forecast }: Props) {
  const months = forecast.months.map(({ month, closing, closingExpected }) => ({
    month,
    low: closingExpected,
    expected: closing,
  }));
  const cliff = forecast.cliff?.month ?? null;
  return (
    <ChartFigure
      chart={cashForecast(months, forecast.reserve, cliff, { currency, locale: localeOf(page) })}
    />
  );
}
