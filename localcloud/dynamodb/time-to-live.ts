import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import { type Operation, operation } from '../core/service.ts';

const tableName = z.string().min(1);

/**
 * UpdateTimeToLive and DescribeTimeToLive, which dynalite lacks. The setting is kept and told; nothing expires, as
 * nothing may rely on when it does: AWS deletes "typically within a few days". `tableId` rejects when there is
 * no such table; a table made anew under the old name has another id.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html
 */
export function timeToLiveOperations(tableId: (tableName: string) => Promise<string>): readonly Operation[] {
  const attributeByTableId = new Map<string, string>();
  const sources = [
    'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html',
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html',
  ];
  return [
    operation({
      name: 'UpdateTimeToLive',
      effect: 'write',
      input: z.strictObject({
        TableName: tableName,
        TimeToLiveSpecification: z.strictObject({ AttributeName: z.string().min(1), Enabled: z.boolean() }),
      }),
      run: async ({ TableName, TimeToLiveSpecification }) => {
        const id = await tableId(TableName);
        const { AttributeName, Enabled } = TimeToLiveSpecification;
        if (attributeByTableId.has(id) === Enabled) {
          throw new AwsError(
            'ValidationException',
            `TimeToLive is already ${Enabled ? 'enabled' : 'disabled'}`,
          );
        }
        if (Enabled) attributeByTableId.set(id, AttributeName);
        else attributeByTableId.delete(id);
        return { TimeToLiveSpecification };
      },
      honesty: {
        modelled: ['The setting is kept per table and takes effect at once.'],
        notModelled: ['Items never expire.', 'ENABLING and DISABLING, and the hour between two changes.'],
        sources,
      },
    }),
    operation({
      name: 'DescribeTimeToLive',
      effect: 'read',
      input: z.strictObject({ TableName: tableName }),
      run: async ({ TableName }) => {
        const AttributeName = attributeByTableId.get(await tableId(TableName));
        return {
          TimeToLiveDescription:
            AttributeName === undefined
              ? { TimeToLiveStatus: 'DISABLED' }
              : { TimeToLiveStatus: 'ENABLED', AttributeName },
        };
      },
      honesty: { modelled: ['ENABLED with its attribute, or DISABLED.'], sources },
    }),
  ];
}
