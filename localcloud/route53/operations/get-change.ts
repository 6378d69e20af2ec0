import { z } from 'zod';
import { type Operation, operation } from '../../core/service.ts';
import type { Route53Account } from '../account.ts';
import { resourceId } from '../constraints.ts';

/** GetChange. */
export function getChange(account: Route53Account): Operation {
  return operation({
    name: 'GetChange',
    effect: 'read',
    input: z.strictObject({ Id: resourceId }),
    run: ({ Id }) => ({ ChangeInfo: account.changes.info(Id) }),
    honesty: {
      modelled: ['PENDING, then INSYNC once the configured lag has passed; NoSuchChange for an unknown id.'],
      notModelled: ['Changes are never forgotten.'],
      sources: [
        'https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetChange.html',
        'https://github.com/boto/botocore/pull/543 (NoSuchChange)',
      ],
    },
  });
}
