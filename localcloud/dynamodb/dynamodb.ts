import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import {
  type InputProblem,
  type Operation,
  operation,
  operationMap,
  type Protocol,
  type Service,
} from '../core/service.ts';
import type { Surroundings } from '../core/surroundings.ts';
import { jsonProtocol } from '../wire/json-protocol.ts';
import { ConditionalCheckFailed } from './condition-check.ts';
import { createDynaliteEngine } from './dynalite-engine.ts';
import { type DynaliteOperation, dynaliteOperations } from './dynalite-parameters.ts';
import { TableStore } from './table-store.ts';
import { timeToLiveOperations } from './time-to-live.ts';

/**
 * DynamoDB is dynalite. What dynalite drops without a word is refused by name; what the controller needs of AWS and
 * dynalite lacks is added: time to live settings, the item that failed a condition, eventually consistent reads.
 */
export function createDynamodb(surroundings: Surroundings): Service {
  const { accountId, region, partition } = surroundings;
  const arnPrefix = `arn:${partition}:dynamodb:${region}:${accountId}:`;
  const store = new TableStore(surroundings, () => createDynaliteEngine(arnPrefix));
  return {
    name: 'dynamodb',
    protocol: dynamodbProtocol(),
    operations: operationMap([
      ...Object.entries(dynaliteOperations).map(([name, known]) => dynaliteOperation(name, known, store)),
      ...timeToLiveOperations(async (TableName) => {
        const answer = await store.read('DescribeTable', { TableName });
        return describedId.parse(answer).Table.TableId;
      }),
    ]),
  };
}

const describedId = z.object({ Table: z.object({ TableId: z.string() }) });

function dynaliteOperation(name: string, known: DynaliteOperation, store: TableStore): Operation {
  return operation({
    name,
    effect: known.effect,
    input: z.strictObject(
      Object.fromEntries(known.parameters.map((parameter) => [parameter, z.unknown().optional()])),
    ),
    run: (input) => (known.effect === 'write' ? store.write(name, input) : store.read(name, input)),
    honesty: {
      modelled: ['As dynalite 4 does.', ...(known.modelled ?? [])],
      ...(known.notModelled && { notModelled: known.notModelled }),
      sources: [
        `https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_${name}.html`,
        'https://github.com/architect/dynalite',
      ],
    },
  });
}

function dynamodbProtocol(): Protocol {
  const json = jsonProtocol({ targetPrefix: 'DynamoDB_20120810', version: '1.0' });
  return {
    ...json,
    inputError,
    encodeError: (error, requestId) => {
      const response = json.encodeError(error, requestId);
      if (!(error instanceof ConditionalCheckFailed)) return response;
      return { ...response, body: JSON.stringify({ ...JSON.parse(response.body), Item: error.item }) };
    },
  };
}

function inputError({ kind, parameter, detail }: InputProblem): AwsError {
  const problem = { missing: 'is missing', unknown: 'is not modelled by localcloud', invalid: detail }[kind];
  return new AwsError('ValidationException', `Parameter ${parameter}: ${problem}`);
}
