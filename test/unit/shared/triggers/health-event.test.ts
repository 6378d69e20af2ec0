import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../../../shared/triggers/parse-event.ts';
import { editedFixture } from './edited-fixture.ts';
import { failureOf, malformed } from './failure-of.ts';

const first = 'i-0a1b2c3d4e5f60718';
const second = 'i-0fedcba9876543210';
const fixture = 'health-event/system-reboot-maintenance.json';

/** Maintenance of two instances, each with its status. */
function announced(statuses: readonly [string, string], detail: object = {}): object {
  const affectedEntities = [first, second].map((entityValue, index) => ({
    entityValue,
    status: statuses[index],
  }));
  return editedFixture(fixture, { affectedEntities, ...detail });
}

describe('an event of AWS Health', () => {
  it.each(['RESOLVED', 'UNIMPAIRED'])('is over for an instance whose status is %s', (status) => {
    expect(parseEvent(announced([status, 'PENDING']))).toMatchObject({
      trigger: { instanceIds: [second], isClosed: false },
    });
  });

  it('is over for all when it is closed, whatever the status of an instance still says', () => {
    expect(parseEvent(announced(['PENDING', 'IMPAIRED'], { statusCode: 'closed' }))).toMatchObject({
      trigger: { instanceIds: [first, second], isClosed: true },
    });
  });

  it('that lists no entities names no instance', () => {
    expect(parseEvent(editedFixture(fixture, { affectedEntities: undefined }))).toEqual({
      kind: 'ignored',
      reason: 'AWS_EC2_SYSTEM_REBOOT_MAINTENANCE_SCHEDULED names no instance',
    });
  });

  it.each([
    ['the event', {}, { account: undefined }],
    ['the detail', { affectedAccount: undefined }, {}],
  ])('is taken for one of this account when no account stands in %s', (_, detail, event) => {
    expect(parseEvent(editedFixture(fixture, detail, event)).kind).toBe('trigger');
  });

  it.each(['about Fri, 04 Dec 2026 13:19:03 GMT', 'Fri, 04 Dec 2026 13:19:03 GMT+1'])(
    'with the start time %j is refused',
    (startTime) => {
      const failure = failureOf(() => parseEvent(editedFixture(fixture, { startTime })));

      expect(failure).toMatchObject({
        ...malformed,
        message: expect.stringContaining(
          'detail.startTime: must be a time such as Fri, 04 Dec 2026 13:19:03 GMT',
        ),
      });
    },
  );

  it('with an entity that begins like an instance and goes on like an ARN is refused', () => {
    const affectedEntities = [
      { entityValue: 'i-arn:aws:ec2:eu-west-1:111122223333:instance/0a1b2c3d4e5f60718' },
    ];

    expect(failureOf(() => parseEvent(editedFixture(fixture, { affectedEntities })))).toMatchObject(
      malformed,
    );
  });
});
