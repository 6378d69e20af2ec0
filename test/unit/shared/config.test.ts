import { describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../../shared/config.ts';

const needed = { TABLE_NAME: 'understudy', AWS_REGION: 'eu-west-1' };

describe('readConfig', () => {
  it('needs nothing but the table and the region', () => {
    expect(readConfig(needed)).toEqual({
      tableName: 'understudy',
      region: 'eu-west-1',
      roleTagKey: 'role',
      leaseDurationMs: 30_000,
      retention: { historyDays: 90, goneInstanceDays: 7 },
    });
  });

  it('takes what is set, and leaves other variables alone', () => {
    const config = readConfig({
      ...needed,
      PATH: '/usr/bin',
      ROLE_TAG_KEY: 'duty',
      LEASE_DURATION_SECONDS: '45',
      HISTORY_RETENTION_DAYS: '30',
      GONE_INSTANCE_RETENTION_DAYS: '1',
    });

    expect(config).toMatchObject({
      roleTagKey: 'duty',
      leaseDurationMs: 45_000,
      retention: { historyDays: 30, goneInstanceDays: 1 },
    });
  });

  it('reads the environment of the program when it is given none', () => {
    vi.stubEnv('TABLE_NAME', 'from-the-environment');
    vi.stubEnv('AWS_REGION', 'eu-north-1');

    const { tableName, region } = readConfig();
    vi.unstubAllEnvs();

    expect({ tableName, region }).toEqual({ tableName: 'from-the-environment', region: 'eu-north-1' });
  });

  it.each([
    ['TABLE_NAME', ''],
    ['TABLE_NAME', 'db'],
    ['AWS_REGION', ''],
    ['ROLE_TAG_KEY', ''],
    ['ROLE_TAG_KEY', 'k'.repeat(129)],
    ['LEASE_DURATION_SECONDS', '0'],
    ['LEASE_DURATION_SECONDS', '301'],
    ['LEASE_DURATION_SECONDS', '30s'],
    ['LEASE_DURATION_SECONDS', '1.5'],
    ['LEASE_DURATION_SECONDS', ''],
    ['HISTORY_RETENTION_DAYS', '-1'],
    ['GONE_INSTANCE_RETENTION_DAYS', '400'],
  ])('refuses %s=%j for good, by its name', (name, value) => {
    const read = () => readConfig({ ...needed, [name]: value });

    expect(read).toThrow(
      expect.objectContaining({
        code: 'InvalidConfiguration',
        disposition: 'permanent',
        message: expect.stringContaining(`${name}:`),
      }),
    );
  });

  it('names every variable that is wrong at once', () => {
    const read = () => readConfig({ LEASE_DURATION_SECONDS: 'x' });

    expect(read).toThrow(/TABLE_NAME.*AWS_REGION.*LEASE_DURATION_SECONDS/);
  });
});
