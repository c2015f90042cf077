import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '../../maths/day.js';
import { Shown, ShownDay, ShownId } from '../../platform/http/answers.js';
import { CurveStandingAnswer, toStandingAnswer, UnreadAnswer } from '../curve/curve.dto.js';
import type { Curve } from '../curve/curves.js';
import { type MeasureKind, measureKinds, polarities, type Polarity } from '../series/series.js';
import type { GoalScore } from './scorecard.read.js';

export class IndicatorScoreAnswer {
  @ShownId() id!: string;
  @Shown({ example: 'Children ready for school at five' }) name!: string;
  @Shown({ example: '% of children' }) unit!: string;
  @Shown({ enum: polarities }) polarity!: Polarity;
  @ApiProperty({ type: CurveStandingAnswer, nullable: true }) standing!: CurveStandingAnswer | null;
  @ApiProperty({ type: [UnreadAnswer] }) unread!: UnreadAnswer[];
}

export class MeasureScoreAnswer extends IndicatorScoreAnswer {
  @Shown({ enum: measureKinds }) measureKind!: MeasureKind;
  @Shown({ example: 'Family visitors' }) programme!: string;
}

/** A goal: its indicators, and apart from them its performance measures. */
export class GoalScoreAnswer {
  @ShownId() id!: string;
  @Shown({ example: 'Ready for school' }) name!: string;
  @ShownDay() horizonOn!: Day;
  @ApiProperty({ type: [IndicatorScoreAnswer] }) indicators!: IndicatorScoreAnswer[];
  @ApiProperty({ type: [MeasureScoreAnswer] }) measures!: MeasureScoreAnswer[];
}

export class ScorecardAnswer {
  @ApiProperty({ type: [GoalScoreAnswer] }) goals!: GoalScoreAnswer[];
}

const toScore = ({ series, standing, unread }: Curve): IndicatorScoreAnswer => ({
  ...{ id: series.id, name: series.name, unit: series.unit, polarity: series.polarity },
  standing: standing && toStandingAnswer(standing),
  unread: unread.map(({ periodKey, ...rest }) => ({ period: periodKey, ...rest })),
});

export const toGoalScoreAnswer = ({
  id,
  name,
  horizonOn,
  indicators,
  measures,
}: GoalScore): GoalScoreAnswer => ({
  ...{ id, name, horizonOn },
  indicators: indicators.map(toScore),
  measures: measures.map((curve) => ({
    ...toScore(curve),
    measureKind: curve.series.measureKind!,
    programme: curve.series.programme!,
  })),
});
