import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { expect } from 'vitest';
import { conformanceCase } from './conformance-case.ts';

conformanceCase(
  'GetCallerIdentity tells the account of any access key',
  { source: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html' },
  async ({ clients }) => {
    const identity = await clients.sts.send(new GetCallerIdentityCommand({}));

    expect(identity.Account).toMatch(/^\d{12}$/);
    expect(identity.Arn).toContain(identity.Account);
  },
);
