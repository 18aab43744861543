import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { RecordView } from '../../views.ts';
import { useTRPC } from '../api.ts';
import { problemOf, type Problem } from '../problem.ts';
import type { Draft } from './use-draft.ts';

interface Saving {
  record: RecordView;
  draft: Draft;
  onProblem: (problem: Problem | null) => void;
}

/** Saves what was changed and goes on to the next task; what the node refuses stays in the form. */
export function useSave({ record, draft, onProblem }: Saving) {
  const trpc = useTRPC();
  const navigate = useNavigate();
  const keep = useKeepRecord();
  const edit = useMutation(trpc.catalogue.records.edit.mutationOptions());
  const goOn = (next: string | undefined) =>
    next === undefined ? undefined : navigate({ to: '/records/$id/edit/$task', params: { id: record.id, task: next } });
  const run = async (next: string | undefined) => {
    if (!draft.isChanged) {
      onProblem(null);
      return goOn(next);
    }
    try {
      keep(await edit.mutateAsync({ id: record.id, rev: record.rev, ...draft.patch() }));
      draft.reset();
      onProblem(null);
      await goOn(next);
    } catch (error) {
      onProblem(problemOf(error));
    }
  };
  return { run, isSaving: edit.isPending };
}

/** Puts a record as the node answered it where every page finds it, and lets lists ask again. */
export function useKeepRecord(): (record: RecordView) => void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return (record) => {
    queries.setQueryData(trpc.catalogue.records.get.queryKey({ id: record.id }), record);
    void queries.invalidateQueries({ queryKey: trpc.catalogue.records.list.queryKey() });
    void queries.invalidateQueries({ queryKey: trpc.catalogue.records.history.queryKey({ id: record.id }) });
  };
}
