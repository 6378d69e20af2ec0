import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { roleNameSchema } from '../../model/ids.ts';
import type { ResyncCursor } from '../../reconcile/ports.ts';
import { resyncCursorKey } from './keys.ts';
import type { Table } from './table.ts';

/** Kept in the table, so that the next pass goes on wherever it runs. */
export function createResyncCursor(table: Table): ResyncCursor {
  return {
    read: async () => {
      const { Item } = await table.call('GetItem', (client) =>
        client.send(new GetCommand({ TableName: table.name, Key: resyncCursorKey, ConsistentRead: true })),
      );
      return roleNameSchema.safeParse(Item?.['after']).data;
    },
    write: async (after) => {
      const Item = { ...resyncCursorKey, ...(after === undefined ? {} : { after }) };
      await table.call('PutItem', (client) => client.send(new PutCommand({ TableName: table.name, Item })));
    },
  };
}
