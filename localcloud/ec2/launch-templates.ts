import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Operation } from '../core/service.ts';
import { type FilterFields, filtersInput } from './filters.ts';
import { launchTemplateData } from './launch-template-data.ts';
import {
  expectLaunchTemplate,
  expectLaunchTemplateVersion,
  launchTemplateNameNotFound,
} from './launch-template-lookup.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import { pagingInput } from './paging.ts';
import { selectPage } from './select-page.ts';
import type { LaunchTemplate } from './state/resources.ts';
import type { World } from './state/world.ts';
import { initialTags, tagList, tagSpecificationsInput, tagsFor } from './tag-rules.ts';
import { expectUserData } from './user-data.ts';

const guidePage = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html';

/** CreateLaunchTemplate, ModifyLaunchTemplate, DeleteLaunchTemplate and DescribeLaunchTemplates. */
export function launchTemplateOperations(world: World): readonly Operation[] {
  return [
    createLaunchTemplate(world),
    modifyLaunchTemplate(world),
    deleteLaunchTemplate(world),
    describeLaunchTemplates(world),
  ];
}

/** Who made a template; callers are not told apart. */
export function creatorArn({ surroundings: { partition, accountId } }: World): string {
  return `arn:${partition}:iam::${accountId}:user/localcloud`;
}

function createLaunchTemplate(world: World): Operation {
  return ec2Operation({
    name: 'CreateLaunchTemplate',
    effect: 'write',
    input: {
      LaunchTemplateName: z.string(),
      VersionDescription: z.string().max(255).optional(),
      LaunchTemplateData: launchTemplateData,
      TagSpecifications: tagSpecificationsInput,
      ClientToken: z.string().optional(),
    },
    honesty: {
      modelled: [
        'Version 1, which is also the default; a name of 3 to 128 letters, digits and ( ) . - / _ that no other template has.',
        'Idempotent by ClientToken.',
        'The data are RunInstances’ parameters that are modelled; whether an instance can be launched from them is found out at launch.',
      ],
      notModelled: ['Warnings about invalid data'],
      sources: [ec2Page('CreateLaunchTemplate'), guidePage],
    },
    run: (input) => {
      const { ClientToken, ...request } = input;
      const known = world.clientTokens.recall('CreateLaunchTemplate', ClientToken, request)?.[0];
      const again = known === undefined ? undefined : world.launchTemplates.get(known);
      if (again !== undefined) return { LaunchTemplate: templateView(world, again) };
      const {
        LaunchTemplateName: name,
        LaunchTemplateData: data,
        VersionDescription,
        TagSpecifications,
      } = input;
      expectFreeName(world, name);
      if (data.UserData !== undefined) expectUserData(data.UserData);
      const createTime = world.timestamp();
      const template: LaunchTemplate = {
        id: world.newResourceId('launch-template'),
        ...initialTags(tagsFor('launch-template', TagSpecifications)),
        name,
        createTime,
        defaultVersion: 1,
        latestVersion: 1,
        versions: new Map([[1, { number: 1, description: VersionDescription, createTime, data }]]),
      };
      world.launchTemplates.put(template);
      world.clientTokens.remember('CreateLaunchTemplate', ClientToken, request, [template.id]);
      return { LaunchTemplate: templateView(world, template) };
    },
  });
}

function modifyLaunchTemplate(world: World): Operation {
  return ec2Operation({
    name: 'ModifyLaunchTemplate',
    effect: 'write',
    input: {
      LaunchTemplateId: z.string().optional(),
      LaunchTemplateName: z.string().optional(),
      DefaultVersion: z.string().optional(),
      ClientToken: z.string().optional(),
    },
    honesty: {
      modelled: ['Makes another version, by number, $Latest or $Default, the default one.'],
      sources: [ec2Page('ModifyLaunchTemplate')],
    },
    // Making a version the default one twice changes nothing, so the token needs no memory.
    run: ({ DefaultVersion = '$Default', ClientToken: _token, ...named }) => {
      const template = expectLaunchTemplate(world, named);
      const { number } = expectLaunchTemplateVersion(template, DefaultVersion);
      const modified = { ...template, defaultVersion: number };
      world.launchTemplates.put(modified);
      return { LaunchTemplate: templateView(world, modified) };
    },
  });
}

function deleteLaunchTemplate(world: World): Operation {
  return ec2Operation({
    name: 'DeleteLaunchTemplate',
    effect: 'write',
    input: { LaunchTemplateId: z.string().optional(), LaunchTemplateName: z.string().optional() },
    honesty: {
      modelled: [
        'Deletes the template with all versions, also one that an Auto Scaling group launches from.',
      ],
      sources: [ec2Page('DeleteLaunchTemplate'), 'unverified: that a template in use can be deleted'],
    },
    run: (named) => {
      const template = expectLaunchTemplate(world, named);
      world.launchTemplates.remove(template.id);
      return { LaunchTemplate: templateView(world, template) };
    },
  });
}

const templateFields: FilterFields<LaunchTemplate> = {
  'create-time': ({ createTime }) => createTime.toISOString(),
  'launch-template-name': ({ name }) => name,
};

function describeLaunchTemplates(world: World): Operation {
  return ec2Operation({
    name: 'DescribeLaunchTemplates',
    effect: 'read',
    input: {
      LaunchTemplateIds: z.array(z.string()).optional(),
      LaunchTemplateNames: z.array(z.string()).optional(),
      Filters: filtersInput,
      ...pagingInput,
    },
    honesty: {
      modelled: ['By ids, names or filters; MaxResults 1 to 200 with NextToken.'],
      sources: [ec2Page('DescribeLaunchTemplates')],
    },
    run: ({ LaunchTemplateIds, LaunchTemplateNames, Filters, ...paging }) => {
      const byName = LaunchTemplateNames?.map((name) => visibleIdOf(world, name));
      const { items, nextToken } = selectPage(world.launchTemplates, {
        kind: 'launch-template',
        ids: LaunchTemplateIds ?? byName,
        Filters,
        paging,
        fields: templateFields,
        // No filter names ids: there is the parameter for it.
        idFilter: '',
        limits: { min: 1, max: 200 },
      });
      return { LaunchTemplates: items.map((template) => templateView(world, template)), ...nextToken };
    },
  });
}

function visibleIdOf({ launchTemplateByName, launchTemplates }: World, name: string): string {
  const id = launchTemplateByName.get(name);
  if (id === undefined || launchTemplates.seen(id) === undefined) throw launchTemplateNameNotFound(name);
  return id;
}

function expectFreeName(world: World, name: string): void {
  if (!/^[a-zA-Z0-9().\-/_]{3,128}$/.test(name))
    throw new AwsError(
      'InvalidLaunchTemplateName.MalformedException',
      'A launch template name must be between 3 and 128 characters, and may contain letters, numbers, and the following characters: - ( ) . / _.',
    );
  if (world.launchTemplateByName.has(name))
    throw new AwsError(
      'InvalidLaunchTemplateName.AlreadyExistsException',
      'Launch template name already in use.',
    );
}

function templateView(world: World, template: LaunchTemplate): object {
  return {
    LaunchTemplateId: template.id,
    LaunchTemplateName: template.name,
    CreateTime: template.createTime,
    CreatedBy: creatorArn(world),
    DefaultVersionNumber: template.defaultVersion,
    LatestVersionNumber: template.latestVersion,
    Tags: tagList(template.tags),
  };
}
