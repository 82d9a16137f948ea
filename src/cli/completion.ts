import { Failure } from '../domain/failure.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** The hidden first word with which a shell asks what could come next. */
export const completeWord = '__complete';

/** What a shell has to run once so that it completes `rung`. It asks the program itself, so it never grows old. */
export function completionScript(shell: Shell): string {
  switch (shell) {
    case 'bash':
      return bash;
    case 'zsh':
      return zsh;
    case 'fish':
      return fish;
  }
}

const bash = `# rung completion for bash. Load it with: source <(rung completion bash)
_rung() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <(rung ${completeWord} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _rung rung
`;

const zsh = `#compdef rung
# rung completion for zsh. Load it with: source <(rung completion zsh)
_rung() {
  local line
  local -a found
  for line in "\${(@f)$(rung ${completeWord} "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] && found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  if (( \${#found} )); then _describe rung found; else _files; fi
}
compdef _rung rung
`;

const fish = `# rung completion for fish. Load it with: rung completion fish | source
function __rung_complete
  set -l words (commandline -opc) (commandline -ct)
  rung ${completeWord} $words[2..-1] 2>/dev/null
end
complete -c rung -f -a '(__rung_complete)'
`;

/** Throws invalid `shell-unknown`. */
export function parseShell(input: string): Shell {
  const shell = shells.find((one) => one === input);
  if (shell !== undefined) return shell;
  throw new Failure(
    'invalid',
    'shell-unknown',
    `There is no completion for ${input}; there is for ${shells.join(', ')}.`,
  );
}
