import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Clients, Controller } from '../../../functions/compose.ts';
import { compose } from '../../../functions/compose.ts';
import { createHandler as createOnEvents } from '../../../functions/on-events/create-handler.ts';
import { createHandler as createResync } from '../../../functions/resync/create-handler.ts';
import type { Random } from '../../../localcloud/core/random.ts';
import type { Config } from '../../../shared/config.ts';
import type { Surroundings } from '../../../shared/reconcile/ports.ts';
import { currentInvocation } from './invocation.ts';
import { region } from './rooms.ts';
import type { LogListener } from './telemetry.ts';
import { simulatedTelemetry } from './telemetry.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A machine on which functions run, one invocation at a time; one whose invocation was killed is not used again. */
export interface Environment {
  readonly onEvents: (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;
  readonly resync: (event: unknown, context: Context) => Promise<unknown>;
}

/** Makes another controller of the one that there is: for variants that are broken on purpose. */
export type Break = (controller: Controller) => Controller;

export interface ControllerParts {
  readonly tableName: string;
  readonly clients: Clients;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly leaseDurationMs: number;
}

/** The controller as it is deployed, on the clock of the simulation. */
export function composeController(parts: ControllerParts): Controller {
  const config: Config = {
    tableName: parts.tableName,
    region,
    roleTagKey: 'role',
    leaseDurationMs: parts.leaseDurationMs,
    retention: { historyDays: 90, goneInstanceDays: 7 },
  };
  return compose(config, parts.clients, surroundingsOf(parts));
}

/** Each machine's clock goes a little wrong; and time passes only for who is alive. */
function surroundingsOf({ time, random }: ControllerParts): Surroundings {
  return {
    now: () => time.now() + (currentInvocation.getStore()?.skewMs ?? 0),
    sleep: async (durationMs) => {
      const invocation = currentInvocation.getStore();
      await (invocation === undefined ? time.sleep(durationMs) : invocation.sleep(durationMs));
    },
    uniqueName: () => random.uuid(),
  };
}

export function createEnvironment(controller: Controller, listener: LogListener): Environment {
  const telemetry = simulatedTelemetry(listener);
  const onEvents = createOnEvents(controller, telemetry);
  const resync = createResync(controller, telemetry);
  return {
    onEvents: (event, context) => Promise.resolve(onEvents(event, context)),
    resync: (event, context) => Promise.resolve(resync(event, context)),
  };
}
