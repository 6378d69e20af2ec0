import { describe, expect, it } from 'vitest';
import { throttlingCodes } from '../../../../shared/model/throttling.ts';

describe('throttlingCodes', () => {
  it.each([
    ['EC2', 'RequestLimitExceeded'],
    ['EC2, of a launch', 'EC2ThrottledException'],
    ['Route 53', 'Throttling'],
    ['Route 53, while a change is under way', 'PriorRequestNotComplete'],
    ['DynamoDB', 'ProvisionedThroughputExceededException'],
    ['DynamoDB, of the whole account', 'ThrottlingException'],
    ['SQS', 'RequestThrottled'],
    ['Lambda', 'TooManyRequestsException'],
    ['older services', 'RequestThrottledException'],
    ['older services, in short', 'ThrottledException'],
  ])('have the one of %s: %s', (_, code) => {
    expect(throttlingCodes.has(code)).toBe(true);
  });

  it.each(['LimitExceededException', 'AddressLimitExceeded', 'AccessDenied'])(
    'do not have %s, which no waiting mends',
    (code) => {
      expect(throttlingCodes.has(code)).toBe(false);
    },
  );
});
