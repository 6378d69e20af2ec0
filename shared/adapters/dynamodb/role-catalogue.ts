import { DeleteCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { RoleCatalogue } from '../../reconcile/ports.ts';
import { succeeds } from './condition.ts';
import { parseHistory } from './items.ts';
import { directoryKey, historyPrefix, rolePartition, specKey, stateKey, wordAttribute } from './keys.ts';
import type { Table } from './table.ts';

/** Specs and history, for the command. The directory is written before a spec and removed after it: it may name more. */
export function createRoleCatalogue(table: Table): RoleCatalogue {
  return {
    apply: async (role) => {
      await table.batchPut([{ ...directoryKey(role.name) }]);
      return succeeds(() =>
        table.call('PutItem', (client) =>
          client.send(
            new PutCommand({
              TableName: table.name,
              Item: { ...specKey(role.name), ...role },
              ...(role.version === 1
                ? { ConditionExpression: 'attribute_not_exists(pk)' }
                : {
                    ConditionExpression: 'version = :before',
                    ExpressionAttributeValues: { ':before': role.version - 1 },
                  }),
            }),
          ),
        ),
      );
    },
    remove: async (role) => {
      // The state stays: a role that is defined again goes on from its generation, and knows what it wrote.
      for (const key of [specKey(role), directoryKey(role)]) {
        await table.call('DeleteItem', (client) =>
          client.send(new DeleteCommand({ TableName: table.name, Key: key })),
        );
      }
    },
    say: async (role, words) => {
      const said = Object.entries(words);
      const set = said.filter(([, word]) => word !== undefined);
      const taken = said.filter(([, word]) => word === undefined);
      const update = [
        set.length === 0 ? '' : `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`,
        taken.length === 0 ? '' : `REMOVE ${taken.map(([name]) => `#${name}`).join(', ')}`,
      ];
      await table.call('UpdateItem', (client) =>
        client.send(
          new UpdateCommand({
            TableName: table.name,
            Key: stateKey(role),
            UpdateExpression: update.join(' ').trim(),
            ExpressionAttributeNames: Object.fromEntries(
              said.map(([name]) => [`#${name}`, wordAttribute(name)]),
            ),
            ...(set.length === 0
              ? {}
              : {
                  ExpressionAttributeValues: Object.fromEntries(
                    set.map(([name, word]) => [`:${name}`, word]),
                  ),
                }),
          }),
        ),
      );
    },
    history: async (role, max) => {
      const { Items = [] } = await table.call('Query', (client) =>
        client.send(
          new QueryCommand({
            TableName: table.name,
            ConsistentRead: true,
            KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
            ExpressionAttributeValues: { ':pk': rolePartition(role), ':prefix': historyPrefix },
            ScanIndexForward: false,
            Limit: max,
          }),
        ),
      );
      return Items.map(parseHistory);
    },
  };
}
