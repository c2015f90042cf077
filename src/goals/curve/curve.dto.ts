import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '../../maths/day.js';
import { Shown, ShownDay, ShownId } from '../../platform/http/answers.js';
import { type BandColour, bandColours } from '../series/series.js';
import { PointAnswer } from '../series/series.dto.js';
import type { Curve, CurvePoint } from './curves.js';
import type { Standing } from './standing.rules.js';

export class TrendAnswer {
  @Shown({ enum: ['up', 'down', 'flat'] }) direction!: 'up' | 'down' | 'flat';
  @Shown({ type: 'integer', example: 2, description: 'How many moves in a row went that way' })
  periods!: number;
  @Shown({ description: 'Whether that is the way it should go' }) good!: boolean;
}

/** Where it stands by its last value, against the target of that day. Ratios to six places. */
export class CurveStandingAnswer {
  @ShownDay() on!: Day;
  @Shown({ example: '68.5' }) value!: string;
  @Shown({ type: String, nullable: true, example: '70' }) target!: string | null;
  @Shown({ type: String, nullable: true, example: '-0.021429' }) variance!: string | null;
  @Shown({ type: String, nullable: true, example: '0.978571' }) percentOfTarget!: string | null;
  @Shown({ type: String, nullable: true, example: '0.113821' }) baselineChange!: string | null;
  @ApiProperty({ type: TrendAnswer }) trend!: TrendAnswer;
  @Shown({ enum: bandColours, nullable: true }) colour!: BandColour | null;
}

export class CurvePointAnswer {
  @Shown({ example: '2026-Q3' }) period!: string;
  @ShownDay() to!: Day;
  @Shown({ type: String, nullable: true, example: '68.5' }) value!: string | null;
  @Shown({ type: String, nullable: true, example: '70' }) target!: string | null;
  @ApiProperty({ type: [String], description: 'Inputs that have not been read, so that there is no value' })
  missingInputs!: string[];
  @Shown({ type: String, nullable: true }) problem!: string | null;
  @ShownId({ nullable: true, description: 'The reading that stands; null where it is calculated' })
  readingId!: string | null;
}

export class PartCurveAnswer {
  @Shown({ example: 'Area' }) dimension!: string;
  @Shown({ example: 'North ward' }) category!: string;
  @ApiProperty({ type: [CurvePointAnswer] }) points!: CurvePointAnswer[];
}

export class UnreadAnswer {
  @Shown({ example: '2026-Q3' }) period!: string;
  @ShownDay() dueOn!: Day;
  @Shown() isLate!: boolean;
}

export class CurveAnswer {
  @ApiProperty({ type: [CurvePointAnswer] }) points!: CurvePointAnswer[];
  @ApiProperty({ type: [PartCurveAnswer], description: 'The parts it is told apart by, each on its own' })
  parts!: PartCurveAnswer[];
  @ApiProperty({ type: CurveStandingAnswer, nullable: true }) standing!: CurveStandingAnswer | null;
  @ApiProperty({ type: [PointAnswer], description: 'What its people say it will be' })
  forecast!: PointAnswer[];
  @ApiProperty({
    type: [PointAnswer],
    description: 'The straight line from the first to the last of its last four readings, continued',
  })
  continuation!: PointAnswer[];
  @ApiProperty({ type: [UnreadAnswer], description: 'Periods that have ended and are not read' })
  unread!: UnreadAnswer[];
}

const toPoint = ({
  periodKey,
  to,
  value,
  target,
  missing,
  problem,
  reading,
}: CurvePoint): CurvePointAnswer => ({
  ...{ period: periodKey, to, value, target, missingInputs: missing, problem },
  readingId: reading?.id ?? null,
});

export const toStandingAnswer = ({ trend, ...standing }: Standing): CurveStandingAnswer => ({
  ...standing,
  trend: { direction: trend.direction, periods: trend.periods, good: trend.good },
});

export const toCurveAnswer = (curve: Curve): CurveAnswer => ({
  points: curve.points.map(toPoint),
  parts: curve.parts.map(({ points, ...part }) => ({ ...part, points: points.map(toPoint) })),
  standing: curve.standing && toStandingAnswer(curve.standing),
  forecast: curve.trajectory.forecast,
  continuation: curve.continuation,
  unread: curve.unread.map(({ periodKey, ...unread }) => ({ period: periodKey, ...unread })),
});
