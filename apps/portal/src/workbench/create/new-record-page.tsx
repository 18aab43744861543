import { useMutation } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { DOMAINS, Kind } from '@xiangjing/scenario-sdk';
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTRPC } from '../api.ts';
import { useKeepRecord } from '../edit/use-save.ts';
import { FieldItem } from '../inputs/field-item.tsx';
import { problemOf, type Problem } from '../problem.ts';
import { useSession } from '../session-context.tsx';
import { ErrorSummary } from '../shell/error-summary.tsx';
import { Page } from '../shell/page.tsx';
import { OwnerField, ownedOrganisations } from './owner-field.tsx';
import { KINDS } from '../../ui/kinds.ts';

const route = getRouteApi('/new');

/** A new record: list, domain, name; all else is filled in task by task. */
export function NewRecordPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = useNavigate();
  const keep = useKeepRecord();
  const owned = ownedOrganisations(useSession().person.grants);
  const create = useMutation(useTRPC().catalogue.records.create.mutationOptions());
  const [kind, setKind] = useState<Kind | undefined>(search.kind);
  const [domain, setDomain] = useState<unknown>();
  const [title, setTitle] = useState<unknown>();
  const [owner, setOwner] = useState<unknown>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const issues = problem?.errors ?? [];
  const names = Object.fromEntries(DOMAINS.map(({ code, nameZh }) => [code, nameZh]));
  const start = async () => {
    if (!kind) return;
    const core = {
      ...(typeof title === 'string' ? { title } : {}),
      ...(typeof domain === 'string' ? { domains: [domain] } : {}),
      ...(typeof owner === 'string' ? { ownerUscc: owner } : {}),
    };
    try {
      const record = await create.mutateAsync({ kind, core });
      keep(record);
      await navigate({ to: '/records/$id/edit/$task', params: { id: record.id, task: 'basics' } });
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <Page title={kind ? t('desk.fresh.title', { kind: t(`words.kind.${kind}`) }) : t('desk.fresh.titleAny')} hasErrors={problem !== null}>
      <form
        className="panel form fresh"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        {problem && <ErrorSummary problem={problem} />}
        <p className="note">{t('desk.fresh.lead')}</p>
        <FieldItem
          pointer="/kind"
          schema={{ type: 'string', enum: [...KINDS], 'x-zh': kindChoices(t) }}
          label={t('desk.fresh.kind')}
          value={kind}
          onChange={(value) => setKind(Kind.safeParse(value).data)}
          issues={issues}
          isRequired
        />
        <FieldItem
          pointer="/core/domains"
          schema={{ type: 'string', enum: DOMAINS.map(({ code }) => code), 'x-zh': names }}
          label={t('desk.fresh.domain')}
          hint={t('desk.fresh.domainHint')}
          value={domain}
          onChange={setDomain}
          issues={issues}
          isRequired
        />
        <FieldItem
          pointer="/core/title"
          schema={{ type: 'string', maxLength: 60 }}
          label={t('desk.fresh.name')}
          hint={t('desk.fresh.nameHint')}
          value={title}
          onChange={setTitle}
          issues={issues}
          isRequired
        />
        {owned.length > 1 && <OwnerField owned={owned} value={owner} onChange={setOwner} issues={issues} />}
        <p className="acts">
          <Button type="primary" htmlType="submit" disabled={!kind} loading={create.isPending}>
            {t('desk.fresh.start')}
          </Button>
          <span className="note">{t('desk.fresh.sealed')}</span>
        </p>
      </form>
    </Page>
  );
}

const kindChoices = (t: TFunction): Record<string, string> =>
  Object.fromEntries(
    KINDS.map((kind) => [kind, t('desk.fresh.kindChoice', { kind: t(`words.kind.${kind}`), about: t(`desk.fresh.kindAbout.${kind}`) })]),
  );
