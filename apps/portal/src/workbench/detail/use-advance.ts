import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { LifecycleVerb } from '@xiangjing/scenario-sdk';
import { useState } from 'react';
import type { RecordView } from '../../views.ts';
import { useTRPC } from '../api.ts';
import { useKeepRecord } from '../edit/use-save.ts';
import { problemOf, type Problem } from '../problem.ts';

export interface GivenReason {
  code: string;
  text: string;
  fields: string[];
}

/** One step of the lifecycle for one record. A discarded draft is gone, so the way leads back to the list. */
export function useAdvance(record: RecordView, onDone: (after: RecordView) => void) {
  const trpc = useTRPC();
  const keep = useKeepRecord();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const advance = useMutation(trpc.catalogue.records.advance.mutationOptions());
  const withdraw = useMutation(trpc.catalogue.records.withdraw.mutationOptions());
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async (verb: LifecycleVerb, reasons: GivenReason[]) => {
    const { id, rev } = record;
    try {
      const after =
        verb === 'withdraw' ? await withdraw.mutateAsync({ id, rev, reasons }) : await advance.mutateAsync({ id, rev, verb, reasons });
      if (verb === 'discard') {
        queries.removeQueries({ queryKey: trpc.catalogue.records.get.queryKey({ id }) });
        await queries.invalidateQueries({ queryKey: trpc.catalogue.records.list.queryKey() });
        await navigate({ to: '/records', search: {} });
        return;
      }
      keep(after);
      onDone(after);
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return { run, problem, isRunning: advance.isPending || withdraw.isPending };
}
