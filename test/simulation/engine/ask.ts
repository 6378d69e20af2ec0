import type { SimulatedCloud } from './rooms.ts';

/** What AWS answers, as far as it is looked at. */
export type Answer = Readonly<Record<string, unknown>>;

/** Asks the cloud in the SDK's names, at once: for people and programs that are not the controller. */
export type Ask = (service: string, operation: string, input: object) => Promise<Answer>;

/** @throws AwsError as the service words it. */
export function askOf(cloud: SimulatedCloud): Ask {
  return async (service, name, input) => {
    const operation = cloud.services.get(service)?.operations.get(name);
    if (operation === undefined) throw new Error(`the simulated cloud has no ${service}:${name}`);
    const call = { requestId: 'simulated', accessKeyId: 'AKIASOMEBODY', traceId: undefined };
    return { ...(await operation.run(operation.input.parse(input), call)) };
  };
}

/** A text at a path of an answer, such as `Instances 0 InstanceId`. */
export function textAt(answer: unknown, path: string): string {
  let found = answer;
  for (const key of path.split(' ')) found = Reflect.get(Object(found), key);
  if (typeof found !== 'string') throw new Error(`there is no text at ${path} of ${JSON.stringify(answer)}`);
  return found;
}
