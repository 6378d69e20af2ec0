import { AwsError } from '../core/aws-error.ts';
import { operationMap, type Service } from '../core/service.ts';
import type { Surroundings } from '../core/surroundings.ts';
import { awsQueryProtocol } from '../wire/aws-query-protocol.ts';
import { type Asset, readAssembly } from './assembly.ts';
import { Deployment, type Plan } from './deployment.ts';
import { parameterValues } from './parameters.ts';
import { pseudoParameters } from './pseudo-parameters.ts';
import type { Workshop } from './resource-type.ts';
import type { Stack } from './stack.ts';
import { stackOperations } from './stack-operations.ts';
import { parseTemplate } from './template.ts';
import { openWorkshop, type WorkshopRooms } from './workshop.ts';

/** What to deploy, and as which stack. */
export interface DeployRequest {
  readonly stackName: string;
  /** A CDK cloud assembly: the folder that `cdk synth` writes. */
  readonly assemblyDirectory?: string;
  /** Which of its stacks, by artifact id or stack name; not needed when it has one. */
  readonly artifactName?: string;
  /** Instead of the assembly's template, whose assets it may use: an edited one, or one by hand. */
  readonly template?: unknown;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A stack after its deployment. */
export interface DeployedStack {
  readonly stackId: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Physical ids (what Ref gives) by logical id. */
  readonly physicalIds: Readonly<Record<string, string>>;
}

/** CloudFormation on the wire, as far as clients look stacks up, and deploying, which is done in code. */
export interface CloudFormation extends Service {
  /**
   * Creates the stack, or changes it into what the template says now. A creation that fails takes back what it made, an
   * update that fails goes back to the former template. Throws TemplateError with the place in the template.
   */
  deployTemplate(request: DeployRequest): Promise<DeployedStack>;
  /** Removes the stack and its resources, those with a retaining DeletionPolicy excepted. Throws ValidationError. */
  deleteStack(stackName: string): Promise<void>;
}

const version = '2010-05-15';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/Welcome.html */
export function createCloudFormation(surroundings: Surroundings, rooms: WorkshopRooms): CloudFormation {
  const stacks = new Stacks({ ...surroundings, random: surroundings.random.fork('cloudformation') }, rooms);
  const operations = operationMap(stackOperations(stacks.all));
  const namespace = `http://cloudformation.amazonaws.com/doc/${version}/`;
  return {
    name: 'cloudformation',
    protocol: awsQueryProtocol(operations, { version, serviceName: 'CloudFormation', namespace }),
    operations,
    dump: () => ({
      stacks: [...stacks.all.values()].map(({ name, status, resources }) => ({
        name,
        status,
        resources: [...resources.values()].map(({ logicalId, type, made }) => ({
          logicalId,
          type: type.name,
          physicalId: made.ref,
        })),
      })),
    }),
    deployTemplate: (request) => stacks.deploy(request),
    deleteStack: (stackName) => stacks.delete(stackName),
  };
}

/** The stacks of the account and region. */
class Stacks {
  readonly #surroundings: Surroundings;
  readonly #rooms: WorkshopRooms;
  readonly all = new Map<string, Stack>();
  /** What each stack was deployed from last. */
  readonly #plans = new WeakMap<Stack, Plan>();

  constructor(surroundings: Surroundings, rooms: WorkshopRooms) {
    this.#surroundings = surroundings;
    this.#rooms = rooms;
  }

  async deploy(request: DeployRequest): Promise<DeployedStack> {
    const { stackName, assemblyDirectory, artifactName, parameters = {} } = request;
    const assembly =
      assemblyDirectory === undefined ? undefined : readAssembly(assemblyDirectory, artifactName);
    const template = parseTemplate(request.template ?? assembly?.template);
    const stack = this.all.get(stackName) ?? this.#newStack(stackName);
    const plan: Plan = {
      template,
      parameters: parameterValues(template.Parameters, parameters),
      workshop: this.#workshop(stack, assembly?.assets ?? []),
    };
    const deployment = this.#deployment(stack, plan);
    const isNew = !this.all.has(stackName);
    this.all.set(stackName, stack);
    await (isNew ? this.#create(stack, deployment) : this.#update(stack, deployment));
    stack.description = template.Description;
    stack.parameters = plan.parameters;
    this.#plans.set(stack, plan);
    return deployed(stack);
  }

  async delete(stackName: string): Promise<void> {
    const stack = this.all.get(stackName);
    const plan = stack && this.#plans.get(stack);
    if (stack === undefined || plan === undefined)
      throw new AwsError('ValidationError', `Stack with id ${stackName} does not exist`);
    stack.status = 'DELETE_FAILED';
    await this.#deployment(stack, plan).removeAll();
    this.all.delete(stackName);
  }

  async #create(stack: Stack, deployment: Deployment): Promise<void> {
    try {
      await deployment.apply();
      stack.status = 'CREATE_COMPLETE';
    } catch (error) {
      this.all.delete(stack.name);
      await deployment.removeAll({ isCreation: true }).catch((another: unknown) => {
        throw new AggregateError([error, another], 'neither creating the stack nor taking it back succeeded');
      });
      throw error;
    }
  }

  async #update(stack: Stack, deployment: Deployment): Promise<void> {
    const former = this.#plans.get(stack);
    stack.updatedMs = this.#surroundings.clock.now();
    stack.status = 'UPDATE_IN_PROGRESS';
    try {
      await deployment.apply();
      stack.status = 'UPDATE_COMPLETE';
    } catch (error) {
      stack.status = 'UPDATE_ROLLBACK_FAILED';
      if (former === undefined) throw error;
      await this.#rollBack(stack, deployment, former);
      stack.status = 'UPDATE_ROLLBACK_COMPLETE';
      throw error;
    }
  }

  async #rollBack(stack: Stack, failed: Deployment, former: Plan): Promise<void> {
    const stray = failed.putBackReplaced();
    await this.#deployment(stack, former).apply();
    await failed.removeStray(stray);
  }

  #deployment(stack: Stack, plan: Plan): Deployment {
    return new Deployment(stack, plan, pseudoParameters(this.#surroundings, stack));
  }

  #workshop(stack: Stack, assets: readonly Asset[]): Workshop {
    return openWorkshop(this.#surroundings, this.#rooms, stack, assets);
  }

  #newStack(name: string): Stack {
    const { partition, region, accountId, random, clock } = this.#surroundings;
    return {
      name,
      id: `arn:${partition}:cloudformation:${region}:${accountId}:stack/${name}/${random.uuid()}`,
      createdMs: clock.now(),
      updatedMs: undefined,
      status: 'CREATE_IN_PROGRESS',
      description: undefined,
      parameters: new Map(),
      outputs: [],
      resources: new Map(),
    };
  }
}

function deployed({ id, outputs, resources }: Stack): DeployedStack {
  return {
    stackId: id,
    outputs: Object.fromEntries(outputs.map(({ key, value }) => [key, value])),
    physicalIds: Object.fromEntries([...resources].map(([logicalId, { made }]) => [logicalId, made.ref])),
  };
}
