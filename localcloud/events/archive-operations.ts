import { z } from 'zod';
import { AwsError, notModelled } from '../core/aws-error.ts';
import { type Operation, operation } from '../core/service.ts';
import type { Archive, Archives } from './archives.ts';
import type { EventBus } from './event-bus.ts';
import { pageOf } from './paging.ts';
import { compilePattern } from './pattern-parameter.ts';

const api = 'https://docs.aws.amazon.com/eventbridge/latest/APIReference';
const guide = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html';
const archiveName = z.string().regex(/^[\w.-]{1,48}$/);
const named = z.strictObject({ ArchiveName: archiveName });
const changeable = {
  Description: z.string().max(512).optional(),
  EventPattern: z.string().optional(),
  RetentionDays: z.number().int().min(0).optional(),
  KmsKeyIdentifier: z.string().optional(),
};

/** Making, changing, describing and deleting archives. */
export function archiveOperations(archives: Archives, bus: EventBus): readonly Operation[] {
  return [
    createArchive(archives, bus),
    updateArchive(archives),
    describeArchive(archives),
    listArchives(archives),
    operation({
      name: 'DeleteArchive',
      effect: 'write',
      input: named,
      run: ({ ArchiveName }) => {
        archives.delete(ArchiveName);
        return {};
      },
      honesty: {
        modelled: ['The archive and its events go at once.'],
        sources: [`${api}/API_DeleteArchive.html`],
      },
    }),
  ];
}

function createArchive(archives: Archives, bus: EventBus): Operation {
  return operation({
    name: 'CreateArchive',
    effect: 'write',
    input: z.strictObject({ ArchiveName: archiveName, EventSourceArn: z.string(), ...changeable }),
    run: ({
      ArchiveName,
      EventSourceArn,
      Description,
      EventPattern,
      RetentionDays = 0,
      KmsKeyIdentifier,
    }) => {
      if (KmsKeyIdentifier !== undefined) throw notModelled('archives encrypted with KMS keys');
      if (EventSourceArn !== bus.arn)
        throw new AwsError(
          'ResourceNotFoundException',
          `Event bus ${EventSourceArn.split('/').at(-1)} does not exist.`,
        );
      const archive = archives.create(ArchiveName, {
        eventSourceArn: EventSourceArn,
        description: Description,
        patternText: EventPattern,
        pattern: EventPattern === undefined ? undefined : compilePattern(EventPattern),
        retentionDays: RetentionDays,
      });
      return changed(archive);
    },
    honesty: {
      modelled: [
        'Keeps what the default bus takes from now on and the pattern matches; never a replayed event.',
        'An event can be replayed only after a lag, 10 minutes unless set otherwise.',
      ],
      notModelled: ['The managed rule of an archive is not listed.', 'Encryption with KMS keys.'],
      sources: [`${api}/API_CreateArchive.html`, guide],
    },
  });
}

function updateArchive(archives: Archives): Operation {
  return operation({
    name: 'UpdateArchive',
    effect: 'write',
    input: z.strictObject({ ArchiveName: archiveName, ...changeable }),
    run: ({ ArchiveName, Description, EventPattern, RetentionDays, KmsKeyIdentifier }) => {
      if (KmsKeyIdentifier !== undefined) throw notModelled('archives encrypted with KMS keys');
      const archive = archives.get(ArchiveName);
      archive.settings = {
        ...archive.settings,
        ...(Description !== undefined && { description: Description }),
        ...(RetentionDays !== undefined && { retentionDays: RetentionDays }),
        ...(EventPattern !== undefined && {
          patternText: EventPattern,
          pattern: compilePattern(EventPattern),
        }),
      };
      return changed(archive);
    },
    honesty: { modelled: ['What is not given stays.'], sources: [`${api}/API_UpdateArchive.html`] },
  });
}

function describeArchive(archives: Archives): Operation {
  return operation({
    name: 'DescribeArchive',
    effect: 'read',
    input: named,
    run: ({ ArchiveName }) => {
      const archive = archives.get(ArchiveName);
      const { description, patternText } = archive.settings;
      return {
        ...shown(archive),
        ArchiveArn: archive.arn,
        Description: description,
        EventPattern: patternText,
      };
    },
    honesty: {
      modelled: ['Counts what has been archived by now.'],
      notModelled: ['The up to 24 hours until EventCount and SizeBytes are right.'],
      sources: [`${api}/API_DescribeArchive.html`, guide],
    },
  });
}

function listArchives(archives: Archives): Operation {
  return operation({
    name: 'ListArchives',
    effect: 'read',
    input: z.strictObject({
      NamePrefix: z.string().optional(),
      EventSourceArn: z.string().optional(),
      NextToken: z.string().optional(),
      Limit: z.number().int().min(1).max(100).optional(),
    }),
    run: ({ NamePrefix = '', EventSourceArn, ...paging }) => {
      const found = archives
        .list()
        .filter(({ name }) => name.startsWith(NamePrefix))
        .filter(({ settings }) => EventSourceArn === undefined || settings.eventSourceArn === EventSourceArn);
      const { page, NextToken } = pageOf(found, ({ name }) => name, paging);
      return { Archives: page.map(shown), NextToken };
    },
    honesty: {
      modelled: ['By prefix or by bus, in order of name, in pages.'],
      notModelled: ['State as a filter.'],
      sources: [`${api}/API_ListArchives.html`],
    },
  });
}

function shown(archive: Archive): object {
  const events = archive.events();
  return {
    ArchiveName: archive.name,
    EventSourceArn: archive.settings.eventSourceArn,
    State: 'ENABLED',
    RetentionDays: archive.settings.retentionDays,
    SizeBytes: events.reduce((sum, event) => sum + Buffer.byteLength(JSON.stringify(event)), 0),
    EventCount: events.length,
    CreationTime: new Date(archive.createdMs),
  };
}

function changed(archive: Archive): object {
  return { ArchiveArn: archive.arn, State: 'ENABLED', CreationTime: new Date(archive.createdMs) };
}
