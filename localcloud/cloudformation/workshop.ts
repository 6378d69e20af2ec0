import { defaultInputError, inputProblem } from '../core/input-error.ts';
import type { Call, Service } from '../core/service.ts';
import type { Surroundings } from '../core/surroundings.ts';
import type { Iam } from '../iam/iam.ts';
import type { Lambda } from '../lambda/lambda.ts';
import type { Asset } from './assembly.ts';
import { resolve } from './intrinsics/resolve.ts';
import { pseudoParameters } from './pseudo-parameters.ts';
import type { Workshop } from './resource-type.ts';
import { stackScope } from './stack-scope.ts';
import { parseTemplate } from './template.ts';

/** The rooms that resources live in. */
export interface WorkshopRooms {
  readonly iam: Iam;
  readonly lambda: Lambda;
  /** The room of a service by its name; undefined when the cloud has none. */
  readonly service: (name: string) => Service | undefined;
}

const serviceCall: Call = { requestId: 'cloudformation', accessKeyId: 'localcloud', traceId: undefined };
const nameAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const suffixLength = 12;

/** What the resources of a stack are made with. */
export function openWorkshop(
  surroundings: Surroundings,
  rooms: WorkshopRooms,
  stack: { readonly name: string; readonly id: string },
  assets: readonly Asset[],
): Workshop {
  const paths = assetPaths(surroundings, stack, assets);
  return {
    surroundings,
    iam: rooms.iam,
    lambda: rooms.lambda,
    call: async (service, operation, input) => call(rooms.service(service), service, operation, input),
    assetPath: (bucket, key) => paths.get(`${bucket}/${key}`),
    nameFor: (logicalId, lengthMax) => {
      const suffix = Array.from({ length: suffixLength }, () =>
        nameAlphabet.charAt(surroundings.random.integer(nameAlphabet.length)),
      ).join('');
      return `${`${stack.name}-${logicalId}`.slice(0, lengthMax - suffixLength - 1)}-${suffix}`;
    },
  };
}

async function call(
  room: Service | undefined,
  service: string,
  name: string,
  input: object,
): Promise<Record<string, unknown>> {
  const operation = room?.operations.get(name);
  if (room === undefined || operation === undefined) throw new Error(`this cloud has no ${service}:${name}`);
  const parsed = operation.input.safeParse(input, { reportInput: true });
  if (!parsed.success) {
    const problem = inputProblem(parsed.error);
    throw room.protocol.inputError?.(problem) ?? defaultInputError(problem);
  }
  return (await operation.run(parsed.data, serviceCall)) as Record<string, unknown>;
}

/** By `bucket/key`, both with their placeholders filled in as deploying to this account does. */
function assetPaths(
  surroundings: Surroundings,
  stack: { readonly name: string; readonly id: string },
  assets: readonly Asset[],
): ReadonlyMap<string, string> {
  const scope = stackScope(
    { resources: new Map() },
    { template: parseTemplate({ Resources: {} }), parameters: new Map() },
    pseudoParameters(surroundings, stack),
  );
  return new Map(
    assets.map(({ bucketName, objectKey, path }) => {
      const location = resolve({ 'Fn::Sub': `${bucketName}/${objectKey}` }, scope, 'the asset manifest');
      return [String(location), path];
    }),
  );
}
