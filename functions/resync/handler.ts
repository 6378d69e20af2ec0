import { readConfig } from '../../shared/config.ts';
import { compose, createClients } from '../compose.ts';
import { createTelemetry } from '../middleware/telemetry.ts';
import type { ResyncHandler } from './create-handler.ts';
import { createHandler } from './create-handler.ts';

const config = readConfig();

/** What Lambda calls: the middy object itself. */
export const handler: ResyncHandler = createHandler(
  compose(config, createClients(config.region)),
  createTelemetry(),
);
