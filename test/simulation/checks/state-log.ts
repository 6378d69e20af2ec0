import * as z from 'zod';
import type { WireResponse } from '../../../localcloud/core/service.ts';
import { parseState } from '../../../shared/adapters/dynamodb/items.ts';
import type { RoleName } from '../../../shared/model/ids.ts';
import { roleNameSchema } from '../../../shared/model/ids.ts';
import type { RoleState } from '../../../shared/model/role-state.ts';
import { noState } from '../../../shared/model/role-state.ts';
import type { FunctionCall } from '../engine/wire.ts';
import type { StateWrite } from './watch.ts';

const stateUpdateSchema = z.object({
  Key: z.object({
    pk: z.object({ S: z.string().startsWith('ROLE#') }),
    sk: z.object({ S: z.literal('STATE') }),
  }),
  ReturnValues: z.literal('ALL_NEW'),
});

/** The state of each role as it stands in the tables, learnt from the answers to those who wrote it. */
export class StateLog {
  readonly #states = new Map<string, RoleState>();

  stateOf(controller: string, role: RoleName): RoleState {
    return this.#states.get(`${controller} ${role}`) ?? noState;
  }

  /** What the call wrote into the state of a role; undefined when it did not. */
  take(call: FunctionCall, { status, body }: WireResponse): StateWrite | undefined {
    if (call.operation !== 'UpdateItem' || status !== 200) return undefined;
    const update = stateUpdateSchema.safeParse(call.input);
    if (!update.success) return undefined;
    const role = roleNameSchema.parse(update.data.Key.pk.S.slice('ROLE#'.length));
    const { controller } = call.invocation;
    const before = this.stateOf(controller, role);
    const after = parseState(plainItem(JSON.parse(body).Attributes));
    this.#states.set(`${controller} ${role}`, after);
    return { call, controller, role, before, after, invocation: call.invocation };
  }
}

/** An item in DynamoDB's JSON as plain data. */
export function plainItem(item: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: object): unknown {
  const [[type, content] = []] = Object.entries(value);
  switch (type) {
    case 'S':
    case 'BOOL':
      return content;
    case 'N':
      return Number(content);
    case 'NULL':
      return null;
    case 'M':
      return plainItem(content);
    case 'L':
      return content.map(plainValue);
    default:
      throw new Error(`the state of a role has no ${type}`);
  }
}
