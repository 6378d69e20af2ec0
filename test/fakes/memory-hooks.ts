import type { InstanceId } from '../../shared/model/ids.ts';
import type { LifecycleAction } from '../../shared/model/trigger.ts';
import type { LifecycleHooks } from '../../shared/reconcile/ports.ts';
import type { Script } from './script.ts';

/** Auto Scaling's ear: keeps every answer by action token. An action may be answered twice, and the first answer counts. */
export class MemoryHooks implements LifecycleHooks {
  readonly answers = new Map<string, 'CONTINUE' | 'ABANDON'>();
  readonly heartbeats: string[] = [];
  readonly #script: Script;

  constructor(script: Script) {
    this.#script = script;
  }

  readonly complete = async (
    instanceId: InstanceId,
    { actionToken }: LifecycleAction,
    result: 'CONTINUE' | 'ABANDON',
  ): Promise<void> => {
    await this.#script.enter('complete', instanceId);
    if (!this.answers.has(actionToken)) this.answers.set(actionToken, result);
  };

  readonly heartbeat = async (instanceId: InstanceId, { actionToken }: LifecycleAction): Promise<void> => {
    await this.#script.enter('heartbeat', instanceId);
    this.heartbeats.push(actionToken);
  };
}
