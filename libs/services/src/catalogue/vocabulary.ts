import {
  coreFieldsOf,
  DOMAINS,
  jsonSchemaOf,
  Kind,
  KIND_ZH,
  planSource,
  REGIONS,
  type CoreField,
  type Descriptor,
} from '@xiangjing/scenario-sdk';
import { authorise } from '../kernel/authorise.ts';
import type { ServiceContext } from '../kernel/context.ts';
import type { VocabularyView } from './schemas.ts';

/** What forms, lists and other programs are drawn from: the plan's words, the core fields, and what each plug-in adds. */
export function vocabulary(ctx: ServiceContext): VocabularyView {
  authorise(ctx, 'vocabulary.view');
  const { title, number } = planSource;
  return {
    source: { title, number },
    domains: DOMAINS.map(({ code, nameZh, nameEn, leadDepartments, terms }) => ({
      code,
      nameZh,
      nameEn,
      leadDepartments: [...leadDepartments],
      terms: terms.map((term) => ({ code: term.code, nameZh: term.nameZh })),
      plugin: pluginView(ctx.plugins.descriptor(code)),
    })),
    kinds: Object.fromEntries(Kind.options.map((kind) => [kind, kindView(kind)])) as VocabularyView['kinds'],
    regions: REGIONS.map(({ adcode, nameZh, parent }) => ({ adcode, nameZh, parent })),
  };
}

type Domain = VocabularyView['domains'][number];

function pluginView(descriptor: Descriptor | undefined): Domain['plugin'] {
  if (!descriptor) return null;
  const { version, schema, kinds, labels, texts, form } = descriptor;
  const shown = Object.fromEntries(Kind.options.map((kind) => [kind, kinds[kind] ?? { type: 'object', properties: {} }]));
  return JSON.parse(JSON.stringify({ version, schema, kinds: shown, labels, texts, form })) as Domain['plugin'];
}

function kindView(kind: Kind): VocabularyView['kinds'][Kind] {
  return { nameZh: KIND_ZH[kind], fields: coreFieldsOf(kind).flatMap((field) => fieldView(kind, field)) };
}

function fieldView(kind: Kind, field: CoreField): VocabularyView['kinds'][Kind]['fields'] {
  const need = field.need[kind];
  if (need === 'derived' || need === 'absent') return [];
  const { path, group, titleZh, hintZh, label } = field;
  const schema = jsonSchemaOf(field.schema) as VocabularyView['kinds'][Kind]['fields'][number]['schema'];
  return [{ path, group, titleZh, ...(hintZh === undefined ? {} : { hintZh }), need, label, schema }];
}
