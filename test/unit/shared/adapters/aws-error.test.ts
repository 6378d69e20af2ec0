import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeAddressesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { awsErrorDispositions, callAws, fromAws } from '../../../../shared/adapters/aws-error.ts';
import type { Disposition } from '../../../../shared/model/errors.ts';
import { ControllerError } from '../../../../shared/model/errors.ts';
import type { CannedAnswer } from '../../../fakes/canned-aws.ts';
import { CannedAws, dynamodbError, ec2Error, route53Error } from '../../../fakes/canned-aws.ts';

/** A call of each protocol that the far end answers like this. */
const calls = {
  ec2: (answer: CannedAnswer | Error) =>
    new EC2Client(new CannedAws(() => answer).options).send(new DescribeAddressesCommand({})),
  route53: (answer: CannedAnswer | Error) =>
    new Route53Client(new CannedAws(() => answer).options).send(
      new ListResourceRecordSetsCommand({ HostedZoneId: 'Z0PRIVATE' }),
    ),
  dynamodb: (answer: CannedAnswer | Error) =>
    new DynamoDBClient(new CannedAws(() => answer).options).send(
      new GetItemCommand({ TableName: 'understudy', Key: { pk: { S: 'ROLE#db' } } }),
    ),
};

async function failureOf(call: Promise<unknown>): Promise<ControllerError> {
  const error = await callAws('doing', () => call).catch((thrown: unknown) => thrown);
  if (error instanceof ControllerError) return error;
  throw new Error(`no ControllerError: ${String(error)}`);
}

describe('callAws', () => {
  it('hands on what the call gives', async () => {
    expect(await callAws('doing', async () => 'given')).toBe('given');
  });

  it.each(Object.entries(awsErrorDispositions))(
    'classifies %s as %s, from EC2, Route 53 and DynamoDB alike',
    async (code, disposition) => {
      const failures = await Promise.all([
        failureOf(calls.ec2(ec2Error(code))),
        failureOf(calls.route53(route53Error(code))),
        failureOf(calls.dynamodb(dynamodbError(code))),
      ]);

      const expected =
        disposition === 'unfit'
          ? { code: 'CandidateUnfit', disposition: 'permanent' }
          : { code, disposition };
      for (const failure of failures) expect(failure).toMatchObject(expected);
    },
  );

  it.each<[code: string, disposition: Disposition | 'unfit']>([
    ['RequestLimitExceeded', 'retryable'],
    ['PriorRequestNotComplete', 'retryable'],
    ['ProvisionedThroughputExceededException', 'retryable'],
    ['ConditionalCheckFailedException', 'conflict'],
    ['Resource.AlreadyAssociated', 'conflict'],
    ['InvalidChangeBatch', 'conflict'],
    ['IncorrectInstanceState', 'conflict'],
    ['PrivateIpAddressLimitExceeded', 'unfit'],
    ['Gateway.NotAttached', 'unfit'],
    ['UnauthorizedOperation', 'permanent'],
    ['AccessDeniedException', 'permanent'],
    ['NoSuchHostedZone', 'permanent'],
  ])('knows %s, which AWS answers with status 400, as %s', (code, disposition) => {
    expect(awsErrorDispositions[code]).toBe(disposition);
  });

  it.each<[code: string, message: string, expected: string, disposition: Disposition]>([
    [
      'InvalidInstanceID',
      "The pending instance 'i-1' is not in a valid state",
      'PendingInstance',
      'retryable',
    ],
    [
      'IncorrectInstanceState',
      "ensure the instance is not in the 'pending' state",
      'PendingInstance',
      'retryable',
    ],
    [
      'InvalidParameterValue',
      "There is no route defined for '10.99.0.1/32' in the route table. Use CreateRoute instead.",
      'InvalidRoute.NotFound',
      'conflict',
    ],
    [
      'InvalidParameterValue',
      '[10.0.1.50] assigned, but move is not allowed.',
      'Resource.AlreadyAssigned',
      'conflict',
    ],
    ['InvalidParameterValue', 'secondary-addresses', 'Resource.AlreadyAssigned', 'conflict'],
    [
      'InvalidParameterValue',
      'Some of the specified addresses are not assigned to interface eni-1',
      'AddressNotAssigned',
      'conflict',
    ],
    [
      'InvalidParameterValue',
      "Address 10.0.1.50 does not fall within the subnet's address range",
      'CandidateUnfit',
      'permanent',
    ],
    [
      'InvalidParameterCombination',
      'The address and the instance are in different network border groups',
      'CandidateUnfit',
      'permanent',
    ],
    [
      'InvalidParameterCombination',
      'You may not attach a network interface to an instance if they are not in the same availability zone',
      'CandidateUnfit',
      'permanent',
    ],
    ['InvalidParameterValue', 'anything else', 'InvalidParameterValue', 'permanent'],
    ['InvalidInstanceID', 'There are multiple interfaces attached', 'InvalidInstanceID', 'conflict'],
  ])('tells %s by its message "%s": %s', async (code, message, expected, disposition) => {
    const { body } = ec2Error(code);
    const failure = await failureOf(calls.ec2({ status: 400, body: body.replace('canned', message) }));

    expect(failure).toMatchObject({ code: expected, disposition });
    expect(failure.message).toBe(`doing: ${code}: ${message}`);
  });

  it('names what was tried, the code and AWS’s own words', async () => {
    const failure = await failureOf(calls.ec2(ec2Error('AuthFailure')));

    expect(failure.message).toBe('doing: AuthFailure: canned');
    expect(failure.cause).toMatchObject({ name: 'AuthFailure' });
  });

  it.each([
    ['in the form that Route 53 sends', route53Error('InvalidChangeBatch').body],
    [
      'in the form that its documents show, which has no code',
      '<?xml version="1.0"?><InvalidChangeBatch xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Messages><Message>canned</Message></Messages><RequestId>1</RequestId></InvalidChangeBatch>',
    ],
  ])('takes an InvalidChangeBatch for a conflict %s', async (_, body) => {
    const failure = await failureOf(calls.route53({ status: 400, body }));

    expect(failure).toMatchObject({ code: 'InvalidChangeBatch', disposition: 'conflict' });
    expect(failure.message).toContain('canned');
  });

  it.each([
    ['ec2', ec2Error('NewClientError'), 'permanent'],
    ['ec2', ec2Error('constructor'), 'permanent'],
    ['route53', route53Error('NewClientError'), 'permanent'],
    ['dynamodb', dynamodbError('NewClientError'), 'permanent'],
    ['ec2', ec2Error('NewServerError', 503), 'retryable'],
    ['route53', route53Error('NewServerError', 500), 'retryable'],
    ['dynamodb', dynamodbError('NewServerError', 500), 'retryable'],
    ['ec2', { status: 502, body: '<html>Bad Gateway</html>' }, 'retryable'],
    ['dynamodb', { status: 502, body: '<html>Bad Gateway</html>' }, 'retryable'],
    ['ec2', { status: 200, body: '<DescribeAddressesResponse><addr' }, 'retryable'],
    ['route53', { status: 403, body: '' }, 'permanent'],
  ] as const)('takes an unknown failure of %s (%o) for %s', async (service, answer, disposition) => {
    const failure = await failureOf(calls[service](answer));

    expect(failure).toMatchObject({ code: 'UnclassifiedAwsError', disposition });
  });

  it.each([
    ['a broken connection', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })],
    ['our own abort', Object.assign(new Error('aborted'), { name: 'AbortError' })],
    ['a timeout', Object.assign(new Error('timed out'), { name: 'TimeoutError' })],
  ])('takes %s for retryable', async (_, error) => {
    expect(await failureOf(calls.ec2(error))).toMatchObject({ disposition: 'retryable' });
  });
});

describe('fromAws', () => {
  it('hands on what is classified already', () => {
    const classified = new ControllerError('no', { code: 'TableMissing', disposition: 'permanent' });

    expect(fromAws(classified, 'doing')).toBe(classified);
  });

  it('makes do with what is no error at all', () => {
    expect(fromAws('thrown text', 'doing')).toMatchObject({
      message: 'doing: Unknown: thrown text',
      disposition: 'retryable',
    });
  });
});
