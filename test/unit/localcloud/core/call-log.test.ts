import { describe, expect, test } from 'vitest';
import {
  CallLog,
  countByService,
  type StartedCall,
  serialRoundTrips,
  writesAmong,
} from '../../../../localcloud/core/call-log.ts';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';

function aCall(changes: Partial<StartedCall> = {}): StartedCall {
  return {
    requestId: 'request-1',
    accessKeyId: 'AKIAONE',
    traceId: undefined,
    service: 'ec2',
    operation: 'DescribeInstances',
    effect: 'read',
    ...changes,
  };
}

describe('the call log', () => {
  test('tells when a call started and how long it took on the cloud’s clock', () => {
    const clock = new VirtualClock(1_000);
    const log = new CallLog(clock);

    const end = log.begin(aCall());
    clock.advanceBy(250);
    end('RequestLimitExceeded');

    expect(log.calls()).toEqual([
      {
        ...aCall(),
        startSequence: 1,
        endSequence: 2,
        atMs: 1_000,
        durationMs: 250,
        errorCode: 'RequestLimitExceeded',
      },
    ]);
  });

  test('shows a call under way without an end', () => {
    const log = new CallLog(new VirtualClock());

    log.begin(aCall());

    expect(log.calls()).toMatchObject([
      { startSequence: 1, endSequence: undefined, durationMs: undefined, errorCode: undefined },
    ]);
  });

  test('narrows by sequence, access key and trace', () => {
    const log = new CallLog(new VirtualClock());
    log.begin(aCall({ requestId: 'before' }))();
    const { sequence } = log;
    log.begin(aCall({ requestId: 'ours', traceId: 'Root=1' }))();
    log.begin(aCall({ requestId: 'other key', accessKeyId: 'AKIATWO', traceId: 'Root=1' }))();
    log.begin(aCall({ requestId: 'other trace', traceId: 'Root=2' }))();

    const since = log.since(sequence);
    const ours = log.calls({ since: sequence, accessKeyId: 'AKIAONE', traceId: 'Root=1' });

    expect(since.map((call) => call.requestId)).toEqual(['ours', 'other key', 'other trace']);
    expect(ours.map((call) => call.requestId)).toEqual(['ours']);
  });

  test('forgets the oldest call when it is full', () => {
    const log = new CallLog(new VirtualClock(), 2);

    for (const requestId of ['first', 'second', 'third']) log.begin(aCall({ requestId }))();

    expect(log.calls().map((call) => call.requestId)).toEqual(['second', 'third']);
  });

  test('counts calls per service and tells the writes', () => {
    const log = new CallLog(new VirtualClock());
    log.begin(aCall())();
    log.begin(aCall({ operation: 'AssociateAddress', effect: 'write' }))();
    log.begin(aCall({ service: 'route53', operation: 'ListHostedZones' }))();

    const calls = log.calls();

    expect(countByService(calls)).toEqual({ ec2: 2, route53: 1 });
    expect(writesAmong(calls).map((call) => call.operation)).toEqual(['AssociateAddress']);
  });
});

describe('serial round trips', () => {
  test('are as many as the calls when each waits for the one before', () => {
    const log = new CallLog(new VirtualClock());

    for (let count = 0; count < 3; count += 1) log.begin(aCall())();

    expect(serialRoundTrips(log.calls())).toBe(3);
  });

  test('count calls made side by side once', () => {
    const log = new CallLog(new VirtualClock());
    const ends = [log.begin(aCall()), log.begin(aCall()), log.begin(aCall())];

    for (const end of ends) end();
    log.begin(aCall())();

    expect(serialRoundTrips(log.calls())).toBe(2);
  });

  test('follow the longest chain beside a call that lasts through it', () => {
    const log = new CallLog(new VirtualClock());
    const endLong = log.begin(aCall());
    log.begin(aCall())();
    log.begin(aCall())();

    endLong();

    expect(serialRoundTrips(log.calls())).toBe(2);
  });

  test('count a call under way as the last of its chain', () => {
    const log = new CallLog(new VirtualClock());
    log.begin(aCall())();

    log.begin(aCall());

    expect(serialRoundTrips(log.calls())).toBe(2);
    expect(serialRoundTrips([])).toBe(0);
  });
});
