import { describe, expect, it } from 'vitest';
import { explainError } from '../../../cli/explain-error.ts';
import { fromAws } from '../../../shared/adapters/aws-error.ts';
import { ControllerError } from '../../../shared/model/errors.ts';

const named = (name: string, message: string) => Object.assign(new Error(message), { name });

describe('explainError', () => {
  it('tells that nobody listens, however deep that stands', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:4566'), { code: 'ECONNREFUSED' });
    const gathered = Object.assign(new AggregateError([refused]), { code: 'ECONNREFUSED' });

    const explained = explainError(fromAws(gathered, 'Query on understudy'));

    expect(explained).toMatchObject({
      code: 'EndpointRefused',
      message: 'connect ECONNREFUSED 127.0.0.1:4566',
      exitCode: 1,
    });
    expect(explained.hint).toContain('npm start');
  });

  it.each([
    ['CredentialsProviderError', 'NoCredentials'],
    ['ExpiredTokenException', 'CredentialsExpired'],
    ['UnrecognizedClientException', 'CredentialsRefused'],
    ['AccessDeniedException', 'AccessDenied'],
    ['UnauthorizedOperation', 'AccessDenied'],
    ['TimeoutError', 'EndpointUnreachable'],
  ])('explains %s as %s, with a hint', (name, code) => {
    const explained = explainError(fromAws(named(name, 'words of AWS'), 'DescribeAddresses'));

    expect(explained).toMatchObject({ code, exitCode: 1 });
    expect(explained.message).toContain('words of AWS');
    expect(explained.hint).toBeTruthy();
  });

  it('names the table that is missing', () => {
    const error = new ControllerError('the table "x" does not exist', {
      code: 'TableMissing',
      disposition: 'permanent',
    });

    expect(explainError(error)).toMatchObject({
      code: 'TableMissing',
      message: 'the table "x" does not exist',
    });
  });

  it('keeps the code of an error that it has no explanation for, in one line', () => {
    const explained = explainError(
      fromAws(named('InvalidParameterValue', 'two\n  lines'), 'AssociateAddress'),
    );

    expect(explained).toMatchObject({
      code: 'InvalidParameterValue',
      message: 'AssociateAddress: InvalidParameterValue: two lines',
    });
  });

  it('explains whatever was thrown', () => {
    expect(explainError('nonsense')).toMatchObject({ code: 'Unexpected', message: 'nonsense', exitCode: 1 });
  });
});
