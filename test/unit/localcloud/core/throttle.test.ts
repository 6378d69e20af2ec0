import { describe, expect, test } from 'vitest';
import { ec2Limits, route53Limits } from '../../../../localcloud/core/aws-limits.ts';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import { Throttles } from '../../../../localcloud/core/throttle.ts';

function awsThrottles(clock: VirtualClock, isEnabled = true): Throttles {
  const policies = new Map([
    ['ec2', ec2Limits],
    ['route53', route53Limits],
  ]);
  return new Throttles(clock, policies, isEnabled);
}

/** How many calls in a row get through before one is refused, up to 2,000. */
function burst(throttles: Throttles, service: string, operation: string, input: object = {}): number {
  for (let admitted = 0; admitted < 2_000; admitted += 1) {
    try {
      throttles.admit(service, operation, input);
    } catch {
      return admitted;
    }
  }
  return 2_000;
}

const aChange = (Action: string): object => ({ Action, ResourceRecordSet: {} });

describe('EC2 limits', () => {
  test.each([
    ['AssociateAddress', {}, 50],
    ['AssignPrivateIpAddresses', {}, 100],
    ['RunInstances', {}, 5],
    ['DescribeInstances', { InstanceIds: ['i-1'] }, 100],
    ['DescribeInstances', { MaxResults: 100 }, 100],
    ['DescribeInstances', { Filters: [] }, 50],
    ['DescribeAddresses', {}, 100],
  ])('admit a burst of %s %j of %i', (operation, input, expected) => {
    const throttles = awsThrottles(new VirtualClock());

    const admitted = burst(throttles, 'ec2', operation, input);

    expect(admitted).toBe(expected);
  });

  test('refuse with RequestLimitExceeded and status 503', () => {
    const throttles = awsThrottles(new VirtualClock());
    burst(throttles, 'ec2', 'RunInstances');

    const call = (): void => throttles.admit('ec2', 'RunInstances', {});

    expect(call).toThrowError(
      expect.objectContaining({
        code: 'RequestLimitExceeded',
        status: 503,
        message: 'Request limit exceeded.',
      }),
    );
  });

  test('refill on the cloud’s clock, never above the bucket', () => {
    const clock = new VirtualClock();
    const throttles = awsThrottles(clock);
    burst(throttles, 'ec2', 'AssociateAddress');

    clock.advanceBy(2_000);
    const afterTwoSeconds = burst(throttles, 'ec2', 'AssociateAddress');
    clock.advanceBy(3_600_000);
    const afterAnHour = burst(throttles, 'ec2', 'AssociateAddress');

    expect(afterTwoSeconds).toBe(10);
    expect(afterAnHour).toBe(50);
  });

  test('keep one bucket per action', () => {
    const throttles = awsThrottles(new VirtualClock());
    burst(throttles, 'ec2', 'AssociateAddress');

    const admitted = burst(throttles, 'ec2', 'DisassociateAddress');

    expect(admitted).toBe(50);
  });
});

describe('Route 53 limits', () => {
  test('refuse with Throttling and status 400 once the account’s bucket is empty, whatever the action', () => {
    const throttles = awsThrottles(new VirtualClock());

    const admitted = burst(throttles, 'route53', 'ListHostedZones');
    const call = (): void => throttles.admit('route53', 'GetChange', {});

    expect(admitted).toBe(50);
    expect(call).toThrowError(
      expect.objectContaining({ code: 'Throttling', status: 400, message: 'Rate exceeded' }),
    );
  });

  test('take two change tokens for an UPSERT and one for a CREATE or DELETE', () => {
    const upserts = { ChangeBatch: { Changes: Array.from({ length: 300 }, () => aChange('UPSERT')) } };
    const pairs = {
      ChangeBatch: {
        Changes: Array.from({ length: 150 }, () => [aChange('DELETE'), aChange('CREATE')]).flat(),
      },
    };

    const upsertBatches = burst(
      awsThrottles(new VirtualClock()),
      'route53',
      'ChangeResourceRecordSets',
      upserts,
    );
    const pairBatches = burst(awsThrottles(new VirtualClock()), 'route53', 'ChangeResourceRecordSets', pairs);

    expect(upsertBatches).toBe(2);
    expect(pairBatches).toBe(5);
  });

  test('take nothing from any bucket when one of them refuses', () => {
    const throttles = awsThrottles(new VirtualClock());
    const tooMuch = { ChangeBatch: { Changes: Array.from({ length: 1_000 }, () => aChange('UPSERT')) } };

    const refused = burst(throttles, 'route53', 'ChangeResourceRecordSets', tooMuch);
    const admitted = burst(throttles, 'route53', 'ListHostedZones');

    expect(refused).toBe(0);
    expect(admitted).toBe(50);
  });
});

test('limits that are switched off admit everything', () => {
  const throttles = awsThrottles(new VirtualClock(), false);

  const admitted = burst(throttles, 'ec2', 'RunInstances');

  expect(admitted).toBe(2_000);
});

test('a service without limits is never refused', () => {
  const throttles = awsThrottles(new VirtualClock());

  const admitted = burst(throttles, 'dynamodb', 'GetItem');

  expect(admitted).toBe(2_000);
});
