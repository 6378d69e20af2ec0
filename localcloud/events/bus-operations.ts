import { z } from 'zod';
import { type Operation, operation } from '../core/service.ts';
import { busName, requireDefaultBus } from './bus-name.ts';
import type { EventBus } from './event-bus.ts';

const api = 'https://docs.aws.amazon.com/eventbridge/latest/APIReference';

/** What can be asked of the one bus there is. */
export function busOperations(bus: EventBus): readonly Operation[] {
  const shown = { Name: 'default', Arn: bus.arn };
  return [
    operation({
      name: 'DescribeEventBus',
      effect: 'read',
      input: z.strictObject({ Name: busName }),
      run: ({ Name }) => {
        requireDefaultBus(Name, bus.arn);
        return shown;
      },
      honesty: {
        modelled: ['The default bus, which every account has.'],
        notModelled: ['Other buses; policies.'],
        sources: [`${api}/API_DescribeEventBus.html`],
      },
    }),
    operation({
      name: 'ListEventBuses',
      effect: 'read',
      input: z.strictObject({ NamePrefix: z.string().optional() }),
      run: ({ NamePrefix = '' }) => ({ EventBuses: 'default'.startsWith(NamePrefix) ? [shown] : [] }),
      honesty: {
        modelled: ['The default bus, which every account has.'],
        notModelled: ['Other buses; policies; Limit and NextToken.'],
        sources: [`${api}/API_ListEventBuses.html`],
      },
    }),
  ];
}
