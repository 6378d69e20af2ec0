import { isDeepStrictEqual } from 'node:util';
import { checkTemplate, type ResourceOrder } from './check-template.ts';
import { resolve, type Scope } from './intrinsics/resolve.ts';
import type { ParameterValues } from './parameters.ts';
import { parseProperties, type Workshop } from './resource-type.ts';
import { resourceTypes } from './resource-types.ts';
import type { Stack, StackOutput, StackResource } from './stack.ts';
import { stackScope } from './stack-scope.ts';
import type { Template, TemplateResource } from './template.ts';
import { TemplateError } from './template-error.ts';

/** What a stack is to become. */
export interface Plan {
  readonly template: Template;
  readonly parameters: ParameterValues;
  readonly workshop: Workshop;
}

/** One way from what a stack is to what a template says. */
export class Deployment {
  readonly #stack: Stack;
  readonly #plan: Plan;
  readonly #scope: Scope;
  readonly #order: ResourceOrder;
  /** Resources that others took the place of; they go when all is made. */
  readonly #replaced: { readonly former: StackResource; readonly isRetained: boolean }[] = [];

  /** Throws TemplateError for a template that cannot be deployed, as far as that shows beforehand. */
  constructor(stack: Stack, plan: Plan, pseudo: ReadonlyMap<string, string | undefined>) {
    this.#stack = stack;
    this.#plan = plan;
    this.#order = checkTemplate(plan.template, pseudo);
    this.#scope = stackScope(stack, plan, pseudo);
    this.#checkRules();
  }

  /**
   * Makes and changes resources in the order of what they need, then removes those that are left over. Throws at the first
   * thing that fails; what was done until then stays done, and is in the stack.
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
   */
  async apply(): Promise<void> {
    const { template } = this.#plan;
    const wanted = this.#order.filter((logicalId) =>
      this.#isWanted(template.Resources[logicalId]?.Condition),
    );
    for (const logicalId of wanted) {
      const resource = template.Resources[logicalId];
      if (resource !== undefined) await this.#put(logicalId, resource);
    }
    this.#stack.outputs = this.#outputs();
    await this.#removeReplaced();
    const kept = new Set(wanted);
    for (const resource of [...this.#stack.resources.values()].reverse())
      if (!kept.has(resource.logicalId)) await this.#remove(resource);
  }

  /**
   * After a failure: the resources that were replaced are the stack's again. Returns what stood in their place, to be
   * removed when nothing refers to it any more.
   */
  putBackReplaced(): readonly StackResource[] {
    return this.#replaced.splice(0).flatMap(({ former }) => {
      const replacement = this.#stack.resources.get(former.logicalId);
      this.#stack.resources.set(former.logicalId, former);
      return replacement ?? [];
    });
  }

  /** Removes resources that are in no stack. */
  async removeStray(resources: readonly StackResource[]): Promise<void> {
    for (const resource of [...resources].reverse())
      await located(`Resources.${resource.logicalId}`, () => this.#takeAway(resource));
  }

  /** Removes everything that is not to be retained. `isCreation`: because the stack could not be made in the first place. */
  async removeAll({ isCreation = false } = {}): Promise<void> {
    for (const resource of [...this.#stack.resources.values()].reverse())
      await this.#remove(resource, isCreation);
  }

  #checkRules(): void {
    for (const [name, rule] of Object.entries(this.#plan.template.Rules))
      for (const [index, { Assert, AssertDescription }] of rule.Assertions.entries()) {
        const path = `Rules.${name}.Assertions.${index}.Assert`;
        if (resolve(Assert, this.#scope, path) !== true)
          throw new TemplateError(path, AssertDescription ?? 'the assertion does not hold');
      }
  }

  #isWanted(condition: string | undefined): boolean {
    return condition === undefined || this.#scope.condition(condition, `Conditions.${condition}`);
  }

  async #put(logicalId: string, wanted: TemplateResource): Promise<void> {
    const path = `Resources.${logicalId}.Properties`;
    const type = resourceTypes.get(wanted.Type);
    if (type === undefined) return;
    const resolved = resolve(wanted.Properties, this.#scope, path) as Record<string, unknown>;
    const properties = parseProperties(type, resolved, path);
    const { workshop } = this.#plan;
    const subject = { logicalId, properties, workshop };
    const current = this.#stack.resources.get(logicalId);
    const keep = (made: StackResource['made'], changedMs: number): void => {
      const { DeletionPolicy: deletionPolicy } = wanted;
      // A replacement comes after what it needs, so its place is at the end.
      if (made !== current?.made) this.#stack.resources.delete(logicalId);
      this.#stack.resources.set(logicalId, {
        logicalId,
        type,
        made,
        resolved,
        properties,
        deletionPolicy,
        changedMs,
      });
    };
    const nowMs = workshop.surroundings.clock.now();
    if (current === undefined) return keep(await located(path, () => type.create(subject)), nowMs);
    if (isDeepStrictEqual(current.resolved, resolved) && current.type === type)
      return keep(current.made, current.changedMs);
    if (current.type === type && type.update !== undefined && !this.#isReplaced(current, resolved)) {
      const { update } = type;
      return keep(await located(path, () => update(subject, current.made, current.properties)), nowMs);
    }
    const made = await located(path, () => type.create(subject));
    this.#replaced.push({ former: current, isRetained: wanted.UpdateReplacePolicy.startsWith('Retain') });
    keep(made, nowMs);
  }

  #isReplaced({ type, resolved }: StackResource, wanted: Readonly<Record<string, unknown>>): boolean {
    return type.replacedBy.some((name) => !isDeepStrictEqual(resolved[name], wanted[name]));
  }

  async #removeReplaced(): Promise<void> {
    const gone = this.#replaced.splice(0).filter(({ isRetained }) => !isRetained);
    await this.removeStray(gone.map(({ former }) => former));
  }

  async #remove(resource: StackResource, isCreation = false): Promise<void> {
    const { deletionPolicy } = resource;
    const isKept = deletionPolicy === 'Retain' || (deletionPolicy === 'RetainExceptOnCreate' && !isCreation);
    if (!isKept) await located(`Resources.${resource.logicalId}`, () => this.#takeAway(resource));
    this.#stack.resources.delete(resource.logicalId);
  }

  async #takeAway({ logicalId, type, properties, made }: StackResource): Promise<void> {
    await type.remove({ logicalId, properties, workshop: this.#plan.workshop }, made);
  }

  #outputs(): readonly StackOutput[] {
    return Object.entries(this.#plan.template.Outputs)
      .filter(([, { Condition }]) => this.#isWanted(Condition))
      .map(([key, { Value, Description, Export }]) => {
        const exportName = resolve(Export?.Name, this.#scope, `Outputs.${key}.Export.Name`);
        return {
          key,
          value: String(resolve(Value, this.#scope, `Outputs.${key}.Value`)),
          description: Description,
          exportName: exportName === undefined ? undefined : String(exportName),
        };
      });
  }
}

/** What a room refuses is told with the place in the template. */
async function located<Result>(path: string, work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TemplateError) throw error;
    const problem = error instanceof Error ? `${error.message} (${error.name})` : String(error);
    throw Object.assign(new TemplateError(path, problem), { cause: error });
  }
}
