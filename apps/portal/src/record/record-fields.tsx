import { useTranslation } from 'react-i18next';
import { fieldGroups, type FieldGroup } from '../fields/field-groups.ts';
import { isEmpty } from '../fields/field-text.ts';
import type { RecordView, Vocabulary } from '../views.ts';
import { FieldSection } from './field-section.tsx';
import { domainName } from '../ui/domain-name.ts';

/** What a reader looks for first; the form has another order, because there the basics come first. */
const READING_ORDER = ['need', 'supply', 'proof', 'metrics', 'terms', 'attrs', 'other'];
const place = ({ code }: FieldGroup): number => READING_ORDER.indexOf(code.replace(/-\d+$/, '')) + 1 || READING_ORDER.length + 1;

/** Groups of short entries, read together at the end. */
const SMALL = ['place', 'contact', 'data', 'basics', 'internal'];

/** These stand in the heading already. */
const IN_HEADING = [
  'core.title',
  'core.summary',
  'core.publicTitle',
  'core.publicSummary',
  'core.ownerName',
  'core.scenarioKind',
  'core.responseDeadline',
];

interface RecordFieldsProps {
  record: RecordView;
  vocabulary: Vocabulary;
  domain: string | undefined;
}

/** Everything the record shows this reader, group by group, with the names that the core and the domain's plug-in give. */
export function RecordFields({ record, vocabulary, domain }: RecordFieldsProps) {
  const { t } = useTranslation();
  const { core, attrs } = fieldGroups(vocabulary, record.kind, domain ?? '');
  const name = domain ? domainName(domain) : '';
  const titled = attrs.map((group) => ({
    ...group,
    title: group.title ? t('record.attrsGroup', { domain: name, group: group.title }) : t('record.attrs', { domain: name }),
  }));
  const valueOf = (path: string, name: string) => (path.startsWith('core.') ? record.core[name] : record.attrs[name]);
  const small = core.filter(({ code }) => SMALL.includes(code)).sort((a, b) => SMALL.indexOf(a.code) - SMALL.indexOf(b.code));
  const other = { code: 'other', title: t('record.other'), fields: small.flatMap((group) => group.fields) };
  const shown = [...core.filter((group) => !small.includes(group)), ...titled, other]
    .map((group) => ({
      ...group,
      fields: group.fields.filter(({ path, name }) => !IN_HEADING.includes(path) && !isEmpty(valueOf(path, name))),
    }))
    .filter((group) => group.fields.length > 0)
    .sort((a, b) => place(a) - place(b));
  return (
    <>
      {shown.map((group) => (
        <FieldSection key={group.code} group={group} valueOf={(field) => valueOf(field.path, field.name)} />
      ))}
      {attrs.length === 0 && domain && Object.keys(record.attrs).length > 0 && (
        <p className="note">{t('record.noPlugin', { domain: name })}</p>
      )}
    </>
  );
}
