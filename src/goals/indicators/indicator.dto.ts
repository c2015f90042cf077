import { AddSeries, SeriesAnswer } from '../series/series.dto.js';

/** Adds an indicator of the population that a goal is about. */
export class AddIndicator extends AddSeries {}

export class IndicatorAnswer extends SeriesAnswer {}
