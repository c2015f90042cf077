import { Module } from '@nestjs/common';
import './curve/curve-action.entity.js';
import './curve/curve-partner.entity.js';
import './curve/curve-text.entity.js';
import './goal.entity.js';
import './indicators/indicator.entity.js';
import './measures/performance-measure.entity.js';
import './readings/reading.entity.js';
import './series/calculation-input.entity.js';
import './series/trajectory-point.entity.js';
import './versions/goal-version.entity.js';
import { TurningPages } from './curve/turning.pages.js';
import { TurningController } from './curve/turning.controller.js';
import { TurningService } from './curve/turning.service.js';
import { GoalsController } from './goals.controller.js';
import { GoalsPages } from './goals.pages.js';
import { GoalsService } from './goals.service.js';
import { IndicatorsPages } from './indicators/indicators.pages.js';
import { IndicatorsController } from './indicators/indicators.controller.js';
import { MeasuresPages } from './measures/measures.pages.js';
import { MeasuresController } from './measures/measures.controller.js';
import { IndicatorReadingsPages } from './readings/indicator-readings.pages.js';
import { MeasureReadingsPages } from './readings/measure-readings.pages.js';
import { ReadingsForms } from './readings/readings-forms.pages.js';
import { IndicatorReadingsController } from './readings/indicator-readings.controller.js';
import { MeasureReadingsController } from './readings/measure-readings.controller.js';
import { ReadingReminders } from './readings/readings.processor.js';
import { ReadingsService } from './readings/readings.service.js';
import { ScorecardPages } from './scorecard/scorecard.pages.js';
import { ScorecardController } from './scorecard/scorecard.controller.js';
import { SeriesForms } from './series/series-forms.pages.js';
import { SeriesService } from './series/series.service.js';

/** What the coalition is for: its long-term results, and how it sees whether they come about. */
@Module({
  controllers: [
    GoalsController,
    GoalsPages,
    IndicatorsController,
    MeasuresController,
    IndicatorReadingsController,
    MeasureReadingsController,
    TurningController,
    ScorecardController,
    IndicatorsPages,
    MeasuresPages,
    IndicatorReadingsPages,
    MeasureReadingsPages,
    TurningPages,
    ScorecardPages,
  ],
  providers: [
    GoalsService,
    SeriesService,
    ReadingsService,
    TurningService,
    ReadingReminders,
    SeriesForms,
    ReadingsForms,
  ],
  exports: [GoalsService, SeriesService, ReadingsService, TurningService],
})
export class GoalsModule {}
