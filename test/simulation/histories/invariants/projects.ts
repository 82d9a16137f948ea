import { eachTime, type Invariant } from './invariant.ts';

export const ofProjects: readonly Invariant[] = [
  {
    id: 'projects-apart',
    sentence: 'What is done in one project writes nothing to another, whatever is called the same in both.',
    begin: eachTime({
      commit: ({ projects, by }) =>
        projects.size > 1 ? `${by} wrote to ${[...projects].join(' and ')}` : null,
    }),
  },
];
