import { useMutation, useQueryClient } from '@tanstack/react-query';
import { actAs } from '../../api/calls.ts';
import { tellOtherTabs } from '../../api/other-tabs.ts';
import { personName } from '../../components/names.ts';
import { tellOutcome } from '../../shell/outcomes.tsx';

/** Plays a member of the project, or with null nobody but oneself. Only on a laptop. */
export function useActAs() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (member: string | null) => actAs(member),
    onSuccess: async (_, member) => {
      tellOtherTabs();
      await queries.invalidateQueries();
      tellOutcome(member === null ? 'You are yourself again.' : `Acting as ${personName(member)}.`);
    },
    onError: (error) => tellOutcome(error.message),
  });
}
