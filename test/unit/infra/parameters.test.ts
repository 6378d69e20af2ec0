import { describe, expect, it } from 'vitest';
import { InvalidParameters, parametersSchema, readParameters } from '../../../infra/parameters.ts';

/** What the refusal says, line by line. */
function refusalOf(context: Readonly<Record<string, unknown>>): readonly string[] {
  try {
    readParameters(context);
  } catch (error) {
    if (error instanceof InvalidParameters) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('the parameters', () => {
  it('all have a default that works, or are left out', () => {
    expect(readParameters({})).toEqual({
      name: 'understudy',
      roleTagKey: 'role',
      zones: '*',
      resyncMinutes: 1,
      logRetentionDays: 30,
      archiveRetentionDays: 14,
      historyRetentionDays: 90,
      goneInstanceRetentionDays: 7,
      leaseDurationSeconds: 30,
    });
  });

  it('are read from the texts of a command line', () => {
    const parameters = readParameters({
      zones: 'Z0123456789, ZABCDEF',
      recordNames: '*.roles.example.com',
      vpcs: 'vpc-0123456789abcdef0',
      elasticIpTag: 'understudy=yes=really',
      resyncMinutes: '5',
      alarmEmail: 'on-call@example.com',
    });

    expect(parameters).toMatchObject({
      zones: ['Z0123456789', 'ZABCDEF'],
      recordNames: ['*.roles.example.com'],
      vpcs: ['vpc-0123456789abcdef0'],
      elasticIpTag: { key: 'understudy', value: 'yes=really' },
      resyncMinutes: 5,
      alarmEmail: 'on-call@example.com',
    });
  });

  it('may be lists and numbers in cdk.json', () => {
    const parameters = readParameters({ zones: ['Z0123456789'], resyncMinutes: 5 });

    expect(parameters).toMatchObject({ zones: ['Z0123456789'], resyncMinutes: 5 });
  });

  it.each([
    ['name', 'Under_Study'],
    ['name', 'a'],
    ['name', 'x'.repeat(33)],
    ['roleTagKey', 'aws:role'],
    ['roleTagKey', ''],
    ['zones', 'example.com'],
    ['zones', ''],
    ['zones', []],
    ['recordNames', 'db.Example.com'],
    ['recordNames', 'db.example.com.'],
    ['vpcs', 'subnet-0123456789abcdef0'],
    ['elasticIpTag', 'understudy'],
    ['alarmEmail', 'on-call'],
    ['resyncMinutes', '0'],
    ['resyncMinutes', '1.5'],
    ['resyncMinutes', 'often'],
    ['logRetentionDays', '31'],
    ['archiveRetentionDays', '0'],
    ['historyRetentionDays', '-1'],
    ['goneInstanceRetentionDays', '366'],
    ['leaseDurationSeconds', '60'],
  ] as const)('are refused with name, what was found and what is allowed: %s=%j', (name, found) => {
    const allowed = parametersSchema.shape[name].meta()?.['allowed'];

    const refusal = refusalOf({ [name]: found });

    expect(allowed).toBeTypeOf('string');
    expect(refusal).toEqual([`${name}: found ${JSON.stringify(found)}; allowed: ${allowed}`]);
  });

  it('are refused all at once, also those that do not exist', () => {
    const refusal = refusalOf({ resyncMinutes: 0, logRetentionDays: 2, zone: 'Z0123456789' });

    expect(refusal).toEqual([
      expect.stringMatching(/^resyncMinutes: /),
      expect.stringMatching(/^logRetentionDays: /),
      expect.stringMatching(/^zone: no such parameter; allowed: name, roleTagKey, zones, /),
    ]);
  });

  it('leave alone what CDK says to itself', () => {
    const refusal = refusalOf({
      '@aws-cdk/core:someFlag': true,
      'aws:cdk:enable-path-metadata': true,
      'cli-telemetry': false,
    });

    expect(refusal).toEqual([]);
  });

  it('each say what they are for', () => {
    const meanings = Object.values(parametersSchema.shape).map((schema) => schema.meta()?.description);

    expect(meanings.filter((meaning) => meaning === undefined)).toEqual([]);
  });
});
