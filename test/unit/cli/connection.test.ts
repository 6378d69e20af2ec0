import { describe, expect, it } from 'vitest';
import { connectionOf, isLoopbackUrl } from '../../../cli/connection.ts';
import { readEnvironment } from '../../../cli/environment.ts';

const roleTagKey = 'role';
const local = 'http://127.0.0.1:4566';
const keys = { AWS_ACCESS_KEY_ID: 'AKIAMINE', AWS_SECRET_ACCESS_KEY: 'secret' };
const connect = (flags: object, environment: Record<string, string> = {}) =>
  connectionOf({ roleTagKey, ...flags }, readEnvironment(environment));

describe('connectionOf', () => {
  it('makes up region and keys where every endpoint is on this machine', () => {
    const connection = connect({ endpointUrl: local });

    expect(connection.region).toBe('eu-west-1');
    expect(connection.credentials?.accessKeyId).toBe('understudy');
  });

  it('makes up nothing for any other endpoint', () => {
    for (const endpointUrl of [undefined, 'https://vpce-1.ec2.eu-west-1.vpce.amazonaws.com']) {
      const connection = connect(endpointUrl === undefined ? {} : { endpointUrl });

      expect(connection.region).toBeUndefined();
      expect(connection.credentials).toBeUndefined();
    }
  });

  it('makes up nothing when only one of the services is on this machine', () => {
    const connection = connect({}, { AWS_ENDPOINT_URL_DYNAMODB: local });

    expect(connection.endpointUrls).toEqual({ dynamodb: local });
    expect(connection.credentials).toBeUndefined();
  });

  it('leaves credentials to the profile when one is named, also on this machine', () => {
    const connection = connect({ endpointUrl: local, profile: 'work' });

    expect(connection).toMatchObject({ profile: 'work', region: undefined, credentials: undefined });
  });

  it('takes keys of the environment before AWS_PROFILE, but not before --profile', () => {
    expect(connect({}, { ...keys, AWS_PROFILE: 'work' }).credentials?.accessKeyId).toBe('AKIAMINE');
    expect(connect({ profile: 'work' }, keys).credentials).toBeUndefined();
  });

  it('takes options before variables, and the variable of a service before that for all', () => {
    const environment = {
      AWS_REGION: 'eu-north-1',
      AWS_DEFAULT_REGION: 'us-west-2',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_ROUTE_53: 'http://127.0.0.1:2',
      UNDERSTUDY_TABLE: 'theirs',
    };

    expect(connect({}, environment)).toMatchObject({
      region: 'eu-north-1',
      tableName: 'theirs',
      endpointUrls: { ec2: 'http://127.0.0.1:1', route53: 'http://127.0.0.1:2' },
    });
    expect(connect({ region: 'eu-west-3', table: 'mine', endpointUrl: local }, environment)).toMatchObject({
      region: 'eu-west-3',
      tableName: 'mine',
      endpointUrls: { ec2: local, route53: local },
    });
    expect(connect({}).tableName).toBe('understudy');
  });

  it('does as it is told with AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', () => {
    const environment = { AWS_ENDPOINT_URL: local, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' };

    expect(connect({}, environment).endpointUrls).toEqual({});
  });

  it.each(['127.0.0.1:4566', 'ftp://127.0.0.1', ''])('refuses the endpoint "%s"', (endpointUrl) => {
    expect(() => connect({ endpointUrl })).toThrow('is no URL of http or https');
  });
});

it.each(['ab', 'a table', 'x'.repeat(256)])('refuses "%s" as the name of a table', (table) => {
  expect(() => connect({ table })).toThrow('cannot be the name of a table');
});

it.each(['eu west', '-eu', '{', '\0', 'x'.repeat(64)])('refuses "%s" as the name of a region', (region) => {
  expect(() => connect({ region })).toThrow('cannot be the name of a region');
});

describe('isLoopbackUrl', () => {
  it.each(['http://localhost:1', 'http://127.1.2.3', 'http://[::1]:80', 'https://aws.localhost'])(
    'takes %s for this machine',
    (url) => {
      expect(isLoopbackUrl(url)).toBe(true);
    },
  );

  it.each(['http://localhost.example.com', 'http://10.0.0.1', 'http://127.0.0.1.example.com', 'nonsense'])(
    'does not take %s for this machine',
    (url) => {
      expect(isLoopbackUrl(url)).toBe(false);
    },
  );
});
