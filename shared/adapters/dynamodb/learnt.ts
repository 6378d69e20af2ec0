import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { InstanceFacts } from '../../model/facts.ts';
import { alarmStates } from '../../model/facts.ts';
import type { InstanceId } from '../../model/ids.ts';
import type { Learnt } from '../../reconcile/ports.ts';
import { succeeds } from './condition.ts';
import { alarmAttribute, factsAttribute, instanceFactsKey, stateKey } from './keys.ts';
import type { Table } from './table.ts';

/** Puts the facts of an instance in the place of those that were read, for ever or so long; false when others stand there by now. */
export async function keepFacts(
  table: Table,
  instanceId: InstanceId,
  facts: InstanceFacts,
  { seenRevision, expiresAt }: { readonly seenRevision: number; readonly expiresAt: number | undefined },
): Promise<boolean> {
  return succeeds(() =>
    table.call('UpdateItem', (client) =>
      client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: instanceFactsKey(instanceId),
          UpdateExpression: `SET facts = :facts, revision = :next${expiresAt === undefined ? ' REMOVE expiresAt' : ', expiresAt = :expiresAt'}`,
          ConditionExpression: seenRevision === 0 ? 'attribute_not_exists(revision)' : 'revision = :seen',
          ExpressionAttributeValues: {
            ':facts': facts,
            ':next': seenRevision + 1,
            ...(expiresAt === undefined ? {} : { ':expiresAt': expiresAt }),
            ...(seenRevision === 0 ? {} : { ':seen': seenRevision }),
          },
        }),
      ),
    ),
  );
}

/**
 * Writes what is learnt into an attribute of its own of the role's state: no claim is needed for it, and none is
 * disturbed. What stands there already and is newer stays.
 */
export async function learn(table: Table, learnt: Learnt): Promise<void> {
  const { attribute, value, isOlder, names, values } = 'alarm' in learnt ? ofAlarm(learnt) : ofFacts(learnt);
  await succeeds(() =>
    table.call('UpdateItem', (client) =>
      client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: stateKey(learnt.role),
          UpdateExpression: 'SET #learnt = :learnt',
          ConditionExpression: `attribute_not_exists(#learnt) OR ${isOlder}`,
          ExpressionAttributeNames: { '#learnt': attribute, ...names },
          ExpressionAttributeValues: { ':learnt': value, ...values },
        }),
      ),
    ),
  );
}

/** How one kind of thing is written, and the condition that what stands there is older. */
interface Writing {
  readonly attribute: string;
  readonly value: object;
  readonly isOlder: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

function ofFacts({ instanceId, facts, revision }: Extract<Learnt, { instanceId: InstanceId }>): Writing {
  return {
    attribute: factsAttribute(instanceId),
    value: { facts, revision },
    isOlder: '#learnt.#revision < :revision',
    names: { '#revision': 'revision' },
    values: { ':revision': revision },
  };
}

/** Of two words at one time the worse is the newer, so that their order does not matter. */
function ofAlarm({ alarmName, alarm }: Extract<Learnt, { alarmName: string }>): Writing {
  const better = alarmStates.slice(0, alarmStates.indexOf(alarm.state));
  const values = Object.fromEntries(better.map((state, index) => [`:better${index}`, state]));
  const isEarlier = '#learnt.#timeMs < :timeMs';
  const isBetter = `#learnt.#timeMs = :timeMs AND #learnt.#state IN (${Object.keys(values).join(', ')})`;
  return {
    attribute: alarmAttribute(alarmName),
    value: alarm,
    isOlder: better.length === 0 ? isEarlier : `${isEarlier} OR (${isBetter})`,
    names: { '#timeMs': 'timeMs', ...(better.length === 0 ? {} : { '#state': 'state' }) },
    values: { ':timeMs': alarm.timeMs, ...values },
  };
}
