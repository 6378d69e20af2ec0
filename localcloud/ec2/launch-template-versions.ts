import { z } from 'zod';
import type { Operation } from '../core/service.ts';
import { missingParameter } from './errors.ts';
import { launchTemplateData } from './launch-template-data.ts';
import { expectLaunchTemplate, expectLaunchTemplateVersion } from './launch-template-lookup.ts';
import { creatorArn } from './launch-templates.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import { cutPage, pagingInput } from './paging.ts';
import type { LaunchTemplate, LaunchTemplateVersion } from './state/resources.ts';
import type { World } from './state/world.ts';
import { expectUserData } from './user-data.ts';

/** CreateLaunchTemplateVersion and DescribeLaunchTemplateVersions. */
export function launchTemplateVersionOperations(world: World): readonly Operation[] {
  return [createLaunchTemplateVersion(world), describeLaunchTemplateVersions(world)];
}

function createLaunchTemplateVersion(world: World): Operation {
  return ec2Operation({
    name: 'CreateLaunchTemplateVersion',
    effect: 'write',
    input: {
      LaunchTemplateId: z.string().optional(),
      LaunchTemplateName: z.string().optional(),
      SourceVersion: z.string().optional(),
      VersionDescription: z.string().max(255).optional(),
      LaunchTemplateData: launchTemplateData,
      ClientToken: z.string().optional(),
    },
    honesty: {
      modelled: [
        'The next version number; with SourceVersion the parameters of that version, of which those given replace the old ones.',
        'The default version stays.',
        'Idempotent by ClientToken.',
      ],
      notModelled: ['The quota of versions'],
      sources: [ec2Page('CreateLaunchTemplateVersion')],
    },
    run: ({ ClientToken, ...request }) => {
      const { SourceVersion, VersionDescription, LaunchTemplateData, ...named } = request;
      const template = expectLaunchTemplate(world, named);
      const [known] = world.clientTokens.recall('CreateLaunchTemplateVersion', ClientToken, request) ?? [];
      const again = known === undefined ? undefined : template.versions.get(Number(known));
      if (again !== undefined) return { LaunchTemplateVersion: versionView(world, template, again) };
      if (LaunchTemplateData.UserData !== undefined) expectUserData(LaunchTemplateData.UserData);
      const source =
        SourceVersion === undefined ? {} : expectLaunchTemplateVersion(template, SourceVersion).data;
      const version: LaunchTemplateVersion = {
        number: template.latestVersion + 1,
        description: VersionDescription,
        createTime: world.timestamp(),
        data: { ...source, ...LaunchTemplateData },
      };
      const grown: LaunchTemplate = {
        ...template,
        latestVersion: version.number,
        versions: new Map([...template.versions, [version.number, version]]),
      };
      world.launchTemplates.put(grown);
      world.clientTokens.remember('CreateLaunchTemplateVersion', ClientToken, request, [
        String(version.number),
      ]);
      return { LaunchTemplateVersion: versionView(world, grown, version) };
    },
  });
}

function describeLaunchTemplateVersions(world: World): Operation {
  return ec2Operation({
    name: 'DescribeLaunchTemplateVersions',
    effect: 'read',
    input: {
      LaunchTemplateId: z.string().optional(),
      LaunchTemplateName: z.string().optional(),
      Versions: z.array(z.string()).optional(),
      MinVersion: z.string().optional(),
      MaxVersion: z.string().optional(),
      ...pagingInput,
    },
    honesty: {
      modelled: [
        'The versions of one template, newest first: all, those named by number, $Latest or $Default, or a range; MaxResults 1 to 200 with NextToken.',
      ],
      notModelled: ['Versions of all templates at once', 'Filters', 'The lag of Describe calls'],
      sources: [ec2Page('DescribeLaunchTemplateVersions')],
    },
    run: ({ Versions, MinVersion, MaxVersion, LaunchTemplateId, LaunchTemplateName, ...paging }) => {
      if (LaunchTemplateId === undefined && LaunchTemplateName === undefined)
        throw missingParameter('LaunchTemplateId or LaunchTemplateName');
      const template = expectLaunchTemplate(world, { LaunchTemplateId, LaunchTemplateName });
      const [min, max] = [Number(MinVersion ?? 1), Number(MaxVersion ?? template.latestVersion)];
      const versions =
        Versions?.map((version) => expectLaunchTemplateVersion(template, version)) ??
        [...template.versions.values()].filter(({ number }) => number >= min && number <= max);
      const newestFirst = versions.toSorted((a, b) => b.number - a.number);
      const { items, nextToken } = cutPage(
        newestFirst,
        ({ number }) => template.latestVersion + 1 - number,
        paging,
        { min: 1, max: 200 },
      );
      return {
        LaunchTemplateVersions: items.map((version) => versionView(world, template, version)),
        ...nextToken,
      };
    },
  });
}

function versionView(world: World, template: LaunchTemplate, version: LaunchTemplateVersion): object {
  return {
    LaunchTemplateId: template.id,
    LaunchTemplateName: template.name,
    VersionNumber: version.number,
    VersionDescription: version.description,
    CreateTime: version.createTime,
    CreatedBy: creatorArn(world),
    DefaultVersion: version.number === template.defaultVersion,
    LaunchTemplateData: version.data,
  };
}
