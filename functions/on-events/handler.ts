import { readConfig } from '../../shared/config.ts';
import { compose, createClients } from '../compose.ts';
import { countCalls } from '../middleware/count-calls.ts';
import { createTelemetry } from '../middleware/telemetry.ts';
import type { OnEventsHandler } from './create-handler.ts';
import { createHandler } from './create-handler.ts';

const config = readConfig();
const clients = createClients(config.region);
const telemetry = createTelemetry();
countCalls(clients, telemetry.metrics);

/** What Lambda calls: the middy object itself. */
export const handler: OnEventsHandler = createHandler(compose(config, clients), telemetry);
