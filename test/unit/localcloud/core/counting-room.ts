import { z } from 'zod';
import { AwsError } from '../../../../localcloud/core/aws-error.ts';
import {
  type InputProblem,
  operation,
  operationMap,
  type Service,
} from '../../../../localcloud/core/service.ts';
import { jsonProtocol } from '../../../../localcloud/wire/json-protocol.ts';

/** A room with one number in it, to see what of a call reaches the world. Speaks JSON as `dynamodb`. */
export interface CountingRoom extends Service {
  readonly count: () => number;
}

const honesty = { modelled: ['a number'], sources: [] };

export function countingRoom({
  isBroken = false,
  inputError,
}: {
  readonly isBroken?: boolean;
  readonly inputError?: (problem: InputProblem) => AwsError;
} = {}): CountingRoom {
  let count = 0;
  const operations = operationMap([
    operation({
      name: 'Add',
      effect: 'write',
      input: z.strictObject({
        Amount: z.number(),
        Notes: z.array(z.strictObject({ Text: z.string() })).optional(),
      }),
      run: ({ Amount }) => {
        if (Amount < 0) throw new AwsError('NegativeAmount', 'Amount is negative', 409);
        count += Amount;
        if (count === 13) throw new AwsError('Unlucky', 'half done');
        return { Count: count };
      },
      honesty,
    }),
    operation({
      name: 'Read',
      effect: 'read',
      input: z.strictObject({}),
      run: () => ({ Count: count }),
      honesty,
    }),
    operation({
      name: 'Crash',
      effect: 'read',
      input: z.strictObject({}),
      run: () => {
        throw new TypeError('a bug');
      },
      honesty,
    }),
  ]);
  return {
    name: 'dynamodb',
    protocol: {
      ...jsonProtocol({ version: '1.0', targetPrefix: 'DynamoDB_20120810' }),
      ...(inputError && { inputError }),
    },
    operations,
    checkInvariants: () => {
      if (isBroken && count > 1) throw new Error('the count is above one');
    },
    count: () => count,
  };
}
