import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiPayloadTooLargeResponse,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { calculatorKinds } from '../../maths/calculators/calculate.js';
import { AnyPerson } from '../../platform/http/access.js';
import { calculatorGuide } from './calculator-guide.js';
import { refuseLongWork, workOut } from './work-out.js';

const examplesOf = (side: 'input' | 'output') =>
  Object.fromEntries(
    calculatorKinds.map((kind) => [
      kind,
      { summary: calculatorGuide[kind].summary, value: calculatorGuide[kind].example[side] },
    ]),
  );

const description =
  'The maths of the product on a case of your own: no money moves and nothing is kept. Amounts are decimal strings ' +
  'in major units, rates decimal strings, unknown keys are refused; what is rounded, and how, stands in `notes`. ' +
  'A case may have 2 MB, each list 5,000 items, an attribution 200,000 contributions × disbursements, a rate of ' +
  'return 3,000 flows × changes of direction, and a waterfall 50,000 drawdowns × distributions × tiers. Outcome ' +
  'payments that carry forward may have 50,000 periods × lines of the rate card, and 200,000 periods × people named.\n\n' +
  calculatorKinds.map((kind) => `- \`${kind}\`: ${calculatorGuide[kind].summary}`).join('\n');

@ApiTags('Calculators')
@ApiBearerAuth()
@Controller('api/v1/calculate')
export class CalculateController {
  @Post(':kind')
  @HttpCode(200)
  @AnyPerson()
  @ApiOperation({ summary: 'Work out a case', description })
  @ApiParam({ name: 'kind', enum: calculatorKinds })
  @ApiBody({
    schema: { anyOf: calculatorKinds.map((kind) => calculatorGuide[kind].takes) },
    examples: examplesOf('input'),
  })
  @ApiOkResponse({
    content: {
      'application/json': {
        schema: { anyOf: calculatorKinds.map((kind) => calculatorGuide[kind].answers) },
        examples: examplesOf('output'),
      },
    },
  })
  @ApiNotFoundResponse({ description: 'There is no such calculator' })
  @ApiPayloadTooLargeResponse({ description: 'The case is too large' })
  @ApiUnprocessableEntityResponse({ description: 'The case must change; `errors` names every place' })
  calculate(@Param('kind') kind: string, @Body() given: unknown): object {
    refuseLongWork(kind, given);
    return workOut(kind, given);
  }
}
