/** A file as the tool wrote it. */
export interface EvidenceFile {
  readonly fileName: string;
  readonly text: string;
  /** Tells several of one kind apart. */
  readonly name?: string;
  readonly environment?: string;
}

/** What programs post about a release, which no person does at a page. */
export interface OutsidePosts {
  /** CI, after its run. */
  file(release: string, file: EvidenceFile): Promise<void>;
  /** The forge, on who reviewed the change. */
  review(release: string, approvedBy: string): Promise<void>;
  /** The tracker, on blocking bugs. */
  bugs(release: string, count: number): Promise<void>;
  /** Monitoring, on an alarm. */
  alarm(environment: string, state: 'firing' | 'resolved'): Promise<void>;
}

/** The API of a project under a token that may hand over evidence, and nothing else. */
export function outsidePosts(project: string, token: string): OutsidePosts {
  const send = async (method: string, path: string, type: string, body: string): Promise<void> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': type };
    const answer = await fetch(`${project}${path}`, { method, headers, body });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  };
  const say = (path: string, body: object): Promise<void> =>
    send('POST', path, 'application/json', JSON.stringify(body));
  return {
    file: (release, { text, ...about }) =>
      send(
        'PUT',
        `/evidence/file?${new URLSearchParams({ release, ...about }).toString()}`,
        'application/octet-stream',
        text,
      ),
    review: (release, by) =>
      say('/evidence', {
        release,
        facts: { kind: 'review', approvedBy: [by], requestedChanges: [], url: '' },
      }),
    bugs: (release, count) =>
      say('/evidence', { release, facts: { kind: 'count', count, tracker: 'jira', link: null } }),
    alarm: (environment, state) => say(`/environments/${environment}/alarms`, { name: 'errors', state }),
  };
}
